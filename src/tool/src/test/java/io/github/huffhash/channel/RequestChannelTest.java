package io.github.huffhash.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.memory.SharedWords;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RequestChannelTest {
    private final SharedWords memory =
            new SharedWords(Arena.ofAuto().allocate(1024 + RequestChannel.BYTES, 128));

    @Test
    void theNextRequestWaitsUntilTheServerHasSeenThatTheAnswerWasTaken() {
        var client = new RequestChannel(memory, 128);
        var server = new RequestChannel(memory, 128);
        assertThat(client.isEmpty()).isTrue();
        client.ask(5);
        assertThat(server.isAsked()).isTrue();
        assertThat(client.isAnswered()).isFalse();
        server.answer(server.request() + 1);
        assertThat(server.isTaken()).isFalse();
        assertThat(client.isAnswered()).isTrue();
        assertThat(client.take()).isEqualTo(6);
        assertThat(client.isEmpty()).isFalse();
        assertThat(server.isTaken()).isTrue();
        server.empty();
        assertThat(client.isEmpty()).isTrue();
    }

    @Test
    void eachOfSeveralClientsGetsItsOwnAnswersFromSeveralServers() throws InterruptedException {
        int clients = 3;
        int each = 500;
        var wrong = new AtomicLong();
        var left = new AtomicInteger(clients);
        List<Thread> threads = new ArrayList<>();
        for (int i = 1; i <= clients; i++) {
            long id = i;
            threads.add(
                    Thread.ofPlatform()
                            .daemon()
                            .start(() -> {
                                for (int k = 0; k < each; k++) {
                                    wrong.addAndGet(
                                            ask(id, 1000 * id + k) == 3 * (1000 * id + k) ? 0 : 1);
                                }
                                left.decrementAndGet();
                            }));
        }
        for (int i = 1; i <= 2; i++) {
            long id = i;
            threads.add(Thread.ofPlatform().daemon().start(() -> serve(id, left)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(wrong).hasValue(0);
    }

    private long ask(long id, long request) {
        var channel = new RequestChannel(memory, 0);
        channel.clients().acquire(id);
        try {
            await(channel::isEmpty);
            channel.ask(request);
            await(channel::isAnswered);
            return channel.take();
        } finally {
            channel.clients().release();
        }
    }

    private void serve(long id, AtomicInteger left) {
        var channel = new RequestChannel(memory, 0);
        while (left.get() > 0) {
            channel.servers().acquire(id);
            try {
                await(() -> channel.isAsked() || left.get() == 0);
                if (channel.isAsked()) {
                    channel.answer(3 * channel.request());
                    await(channel::isTaken);
                    channel.empty();
                }
            } finally {
                channel.servers().release();
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // they may have to share a core
    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            Thread.yield();
        }
    }
}
