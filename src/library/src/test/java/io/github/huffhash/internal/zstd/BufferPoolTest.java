package io.github.huffhash.internal.zstd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BufferPoolTest {
    private final BufferPool<Object> pool = new BufferPool<>();

    @Test
    void whatWasGivenLastIsTakenFirst() {
        assertThat(pool.take()).isEmpty();
        pool.give("a");
        pool.give("b");
        assertThat(pool.take()).contains("b");
        pool.give("c");
        assertThat(pool.take()).contains("c");
        assertThat(pool.take()).contains("a");
        assertThat(pool.take()).isEmpty();
    }

    @Test
    @Timeout(60)
    void noTwoThreadsHaveTheSame() throws Exception {
        var tasks = new ArrayList<FutureTask<Integer>>();
        for (int i = 0; i < 4; i++) {
            var task = new FutureTask<>(this::incrementMany);
            tasks.add(task);
            Thread.ofPlatform().daemon().start(task);
        }
        int made = 0;
        for (var task : tasks) {
            made += task.get();
        }
        int sum = 0;
        for (var buffer = pool.take(); buffer.isPresent(); buffer = pool.take()) {
            sum += ((int[]) buffer.get())[0];
            made--;
        }
        assertThat(sum).isEqualTo(4 * 10_000);
        assertThat(made).isZero();
    }

    /** Counts up, without a lock, whatever is there; returns how many had to be made. */
    private int incrementMany() {
        List<int[]> made = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            int[] mine =
                    (int[])
                            pool.take()
                                    .orElseGet(() -> {
                                        made.add(new int[1]);
                                        return made.getLast();
                                    });
            mine[0]++;
            pool.give(mine);
        }
        return made.size();
    }
}
