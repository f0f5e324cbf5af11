package io.github.huffhash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No index overflows in arrays that are as long as they can be. */
class LongestArrayTest {
    private static final long MEMORY_BYTES = 6L << 30;

    @Test
    @Timeout(900)
    void allIsTheSameAtTheEndOfTheLongestArray() throws IOException {
        var machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        assumeThat(machine.getTotalMemorySize()).isGreaterThan(MEMORY_BYTES);
        assertThat(OtherJvm.run(LongestArray.class, "-Xmx3g", "-XX:+UseG1GC")).contains("done");
    }
}
