package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.CompressOptions;
import io.github.huffhash.Huffhash;
import io.github.huffhash.Inputs;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.fs.Path;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;

/** The jobs on two executors, each a JVM of its own. */
class LocalClusterJobsTest extends JobsContract {
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";

    @Override
    String master() {
        return "local-cluster[2,1,1024]";
    }

    private static ProcessHandle anExecutor() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().commandLine().orElse("").contains(EXECUTOR))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anExecutorThatIsKilledChangesNothing() throws Exception {
        byte[] content = Inputs.lines(random, 40_000_000, 100, "\n");
        Path file = write("data", content);
        var tasks = new AtomicInteger();
        var removed = new CountDownLatch(1);
        var listener =
                new SparkListener() {
                    @Override
                    public void onTaskEnd(SparkListenerTaskEnd end) {
                        if (tasks.incrementAndGet() == 10) {
                            anExecutor().destroyForcibly();
                        }
                    }

                    @Override
                    public void onExecutorRemoved(SparkListenerExecutorRemoved end) {
                        removed.countDown();
                    }
                };
        spark().sc().addSparkListener(listener);
        run("compress", "--seekable=64K", file.toString());
        assertThat(removed.await(60, TimeUnit.SECONDS)).isTrue();
        spark().sc().removeSparkListener(listener);
        assertThat(tasks.get()).isGreaterThan(100);
        assertThat(read(file.suffix(".zst")))
                .isEqualTo(Huffhash.compress(content, CompressOptions.DEFAULT.seekable(64 << 10)));
        assertThat(names()).containsExactlyInAnyOrder("data", "data.zst");
    }
}
