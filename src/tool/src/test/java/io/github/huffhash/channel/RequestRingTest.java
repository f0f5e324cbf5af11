package io.github.huffhash.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.SharedWords;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestRingTest {
    private static SharedWords memory() {
        return new SharedWords(Arena.ofAuto().allocate(1024 + RequestRing.BYTES, 128));
    }

    @Test
    void answersComeInTheOrderOfTheRequestsAndNoMoreAreOpenThanThereAreSlots() {
        SharedWords memory = memory();
        var client = new RequestRing(memory, 128);
        var server = new RequestRing(memory, 128);
        assertThat(server.hasRequest()).isFalse();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < RequestRing.SLOTS; i++) {
                assertThat(client.trySend(100 * round + i)).isTrue();
            }
            assertThat(client.trySend(7)).isFalse();
            assertThat(client.hasAnswer()).isFalse();
            for (int i = 0; i < RequestRing.SLOTS; i++) {
                assertThat(server.hasRequest()).isTrue();
                server.answer(-server.request());
            }
            assertThat(server.hasRequest()).isFalse();
            assertThat(client.trySend(7)).as("answers are still in the slots").isFalse();
            for (int i = 0; i < RequestRing.SLOTS; i++) {
                assertThat(client.isOpen()).isTrue();
                assertThat(client.hasAnswer()).isTrue();
                assertThat(client.receive()).isEqualTo(-100 * round - i);
            }
            assertThat(client.isOpen()).isFalse();
        }
    }

    @Test
    void anotherServerGoesOnWhereTheLastOneEnded() {
        SharedWords memory = memory();
        var client = new RequestRing(memory, 0);
        client.trySend(1);
        client.trySend(2);
        var first = new RequestRing(memory, 0);
        first.hasRequest();
        first.answer(10);

        var second = new RequestRing(memory, 0);

        assertThat(second.hasRequest()).isTrue();
        assertThat(second.request()).isEqualTo(2);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck") // they may have to share a core
    void twoThreadsLoseAndMixUpNothing() throws InterruptedException {
        SharedWords memory = memory();
        int number = 200_000;
        Thread server =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            var ring = new RequestRing(memory, 0);
                            for (int i = 0; i < number; ) {
                                if (ring.hasRequest()) {
                                    ring.answer(3 * ring.request() + 1);
                                    i++;
                                } else {
                                    Thread.yield();
                                }
                            }
                        });
        var ring = new RequestRing(memory, 0);
        long wrong = 0;
        for (int sent = 0, received = 0; received < number; ) {
            if (sent < number && ring.trySend(sent)) {
                sent++;
            } else if (ring.hasAnswer()) {
                wrong += ring.receive() == 3L * received + 1 ? 0 : 1;
                received++;
            } else {
                Thread.yield();
            }
        }
        server.join();
        assertThat(wrong).isZero();
    }
}
