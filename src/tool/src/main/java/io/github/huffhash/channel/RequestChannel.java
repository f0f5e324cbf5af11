package io.github.huffhash.channel;

import io.github.huffhash.memory.HeapLock;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.SharedWords;

/**
 * One place for a request and its answer, which all clients and all servers share, threads or
 * processes: a lock admits one client, another one server, and the two meet twice for each request,
 * when the answer is there and when it has been taken. The server then empties the channel: else
 * the next client could ask before the server has seen that this one took its answer.
 *
 * <pre>
 * clients | their lock                        a line of its own
 * servers | their lock                        a line of its own
 * phase   | 0: empty, 1: asked, 2: answered, 3: taken     a line of its own, with the value
 * </pre>
 */
public final class RequestChannel {
    private static final int LINE = HeapMemory.LINE_BYTES;
    private static final int SERVERS = LINE;
    private static final int PHASE = SERVERS + LINE;
    private static final int VALUE = PHASE + Long.BYTES;

    /** Bytes of a channel in memory. */
    public static final int BYTES = PHASE + LINE;

    private static final int EMPTY = 0;
    private static final int ASKED = 1;
    private static final int ANSWERED = 2;
    private static final int TAKEN = 3;

    private final SharedWords words;
    private final long offset;
    private final HeapLock clients;
    private final HeapLock servers;

    /**
     * A thread's or process's access to the channel.
     *
     * @param offset of {@link #BYTES} bytes, which are zero before the first use
     */
    public RequestChannel(SharedWords words, long offset) {
        this.words = words;
        this.offset = offset;
        clients = HeapLock.inMemory(words, offset);
        servers = HeapLock.inMemory(words, offset + SERVERS);
    }

    /** The lock that a client holds from its request to {@link #take}. */
    public HeapLock clients() {
        return clients;
    }

    /** The lock that a server holds from before a request until {@link #empty}. */
    public HeapLock servers() {
        return servers;
    }

    private boolean isIn(int phase) {
        return words.getAcquire(offset + PHASE) == phase;
    }

    private void put(long value, int phase) {
        words.set(offset + VALUE, value);
        words.setRelease(offset + PHASE, phase);
    }

    /** Whether the client may ask. */
    public boolean isEmpty() {
        return isIn(EMPTY);
    }

    /** The client's request. */
    public void ask(long request) {
        put(request, ASKED);
    }

    /** Whether the client's answer is there. */
    public boolean isAnswered() {
        return isIn(ANSWERED);
    }

    /** The client takes the answer. */
    public long take() {
        long answer = words.get(offset + VALUE);
        words.setRelease(offset + PHASE, TAKEN);
        return answer;
    }

    /** Whether there is a request for the server. */
    public boolean isAsked() {
        return isIn(ASKED);
    }

    /** The request. */
    public long request() {
        return words.get(offset + VALUE);
    }

    /** The server's answer. */
    public void answer(long value) {
        put(value, ANSWERED);
    }

    /** Whether the client has taken it. */
    public boolean isTaken() {
        return isIn(TAKEN);
    }

    /** The server makes room for the next request. */
    public void empty() {
        words.setRelease(offset + PHASE, EMPTY);
    }
}
