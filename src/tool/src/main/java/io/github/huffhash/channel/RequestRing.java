package io.github.huffhash.channel;

import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.SharedWords;

/**
 * Requests of one client to one server, threads or processes, in memory that both share: the client
 * sends several before it waits, the server answers each in its place. No lock and no atomic
 * operation: each side writes one counter and reads the other's; see Lamport, "Specifying
 * concurrent program modules", 1983.
 *
 * <pre>
 * sent     | requests so far, written by the client       a line of its own
 * answered | answers so far, written by the server        a line of its own
 * slots    | the request, then its answer | ...
 * </pre>
 *
 * <p>Each side has an object of its own, which begins with what is in memory.
 */
public final class RequestRing {
    /** How many requests may be without an answer, a power of two. */
    public static final int SLOTS = 64;

    private static final int LINE = HeapMemory.LINE_BYTES;
    private static final int SENT = 0;
    private static final int ANSWERED = SENT + LINE;
    private static final int FIRST_SLOT = ANSWERED + LINE;

    /** Bytes of a ring in memory. */
    public static final int BYTES = FIRST_SLOT + SLOTS * Long.BYTES;

    private final SharedWords words;
    private final long offset;

    private long sent;
    private long answered;
    private long received;

    /**
     * One side of a ring.
     *
     * @param offset of {@link #BYTES} bytes, which are zero before the first use
     */
    public RequestRing(SharedWords words, long offset) {
        this.words = words;
        this.offset = offset;
        sent = words.getAcquire(offset + SENT);
        answered = words.getAcquire(offset + ANSWERED);
        received = answered;
    }

    private long slot(long number) {
        return offset + FIRST_SLOT + (number & (SLOTS - 1)) * Long.BYTES;
    }

    /** The client sends a request, if there is room for its answer. */
    public boolean trySend(long request) {
        if (sent - received == SLOTS) {
            return false;
        }
        words.set(slot(sent), request);
        words.setRelease(offset + SENT, ++sent);
        return true;
    }

    /** Whether the client has an answer to receive. */
    public boolean hasAnswer() {
        return received < answered || received < (answered = words.getAcquire(offset + ANSWERED));
    }

    /** The client takes the next answer, in the order of the requests. */
    public long receive() {
        return words.get(slot(received++));
    }

    /** Whether the client waits for answers. */
    public boolean isOpen() {
        return received < sent;
    }

    /** Whether the server has a request to answer. */
    public boolean hasRequest() {
        return answered < sent || answered < (sent = words.getAcquire(offset + SENT));
    }

    /** The request that the server has to answer. */
    public long request() {
        return words.get(slot(answered));
    }

    /** The server answers it. */
    public void answer(long value) {
        words.set(slot(answered), value);
        words.setRelease(offset + ANSWERED, ++answered);
    }
}
