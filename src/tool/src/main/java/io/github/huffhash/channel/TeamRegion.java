package io.github.huffhash.channel;

import io.github.huffhash.channel.Team.Design;
import io.github.huffhash.channel.Team.State;
import io.github.huffhash.memory.HeapMemory;
import io.github.huffhash.memory.SharedWords;
import java.io.IOException;

/**
 * The memory that clients and workers share.
 *
 * <pre>
 * header  | MAGIC | clients | workers                      written once, before the others attach
 * order   | step | design | clients | workers              a line of its own, by the conductor
 * channel | the one that all share
 * members | state | steps done | answers                   a line each: clients, then workers
 * rings   | one for each client
 * </pre>
 *
 * @param clients how many there may be
 * @param workers how many there may be
 */
@SuppressWarnings("EnumOrdinal") // all members are of the same version
record TeamRegion(SharedWords words, int clients, int workers) {
    /** "channels" in ASCII. */
    private static final long MAGIC = 0x6368616e6e656c73L;

    private static final int LINE = HeapMemory.LINE_BYTES;
    private static final int CLIENTS_AT = Long.BYTES;
    private static final int WORKERS_AT = CLIENTS_AT + Long.BYTES;
    private static final int STEP_AT = LINE;
    private static final int DESIGN_AT = STEP_AT + Long.BYTES;
    private static final int ACTIVE_CLIENTS_AT = DESIGN_AT + Long.BYTES;
    private static final int ACTIVE_WORKERS_AT = ACTIVE_CLIENTS_AT + Long.BYTES;
    private static final int CHANNEL_AT = STEP_AT + LINE;
    private static final int MEMBERS_AT = CHANNEL_AT + RequestChannel.BYTES;

    /** Steps of one measurement: all work; the clients end; the workers end. */
    static final int STEPS = 3;

    /** The step at which members leave. */
    static final long END = Long.MAX_VALUE;

    static long bytes(int clients, int workers) {
        return MEMBERS_AT + (long) (clients + workers) * LINE + (long) clients * RequestRing.BYTES;
    }

    /** Makes a region of memory that is all zero. */
    static TeamRegion create(SharedWords words, int clients, int workers) {
        words.set(CLIENTS_AT, clients);
        words.set(WORKERS_AT, workers);
        words.setRelease(0, MAGIC);
        return new TeamRegion(words, clients, workers);
    }

    /**
     * A region that another process has made.
     *
     * @throws IOException if it is none
     */
    static TeamRegion attach(SharedWords words) throws IOException {
        if (words.size() < MEMBERS_AT || words.getAcquire(0) != MAGIC) {
            throw new IOException("not a region of clients and workers");
        }
        return new TeamRegion(words, (int) words.get(CLIENTS_AT), (int) words.get(WORKERS_AT));
    }

    /** The number of clients and workers. */
    int members() {
        return clients + workers;
    }

    RequestChannel channel() {
        return new RequestChannel(words, CHANNEL_AT);
    }

    RequestRing ring(int client) {
        return new RequestRing(words, at(members()) + (long) client * RequestRing.BYTES);
    }

    private static long at(int member) {
        return MEMBERS_AT + (long) member * LINE;
    }

    /** The step that all members are to take. */
    long step() {
        return words.getAcquire(STEP_AT);
    }

    void setStep(long step) {
        words.setRelease(STEP_AT, step);
    }

    /** What comes with the next step. */
    void order(Design design, int activeClients, int activeWorkers) {
        words.set(DESIGN_AT, design.ordinal());
        words.set(ACTIVE_CLIENTS_AT, activeClients);
        words.set(ACTIVE_WORKERS_AT, activeWorkers);
    }

    Design design() {
        return Design.values()[(int) words.get(DESIGN_AT)];
    }

    int activeWorkers() {
        return (int) words.get(ACTIVE_WORKERS_AT);
    }

    int activeClients() {
        return (int) words.get(ACTIVE_CLIENTS_AT);
    }

    /** Whether a member has something to do. */
    boolean isActive(int member) {
        return member < clients ? member < activeClients() : member - clients < activeWorkers();
    }

    void setState(int member, State state) {
        words.setRelease(at(member), state.ordinal());
    }

    State state(int member) {
        return State.values()[(int) words.getAcquire(at(member))];
    }

    /** The last step that a member has ended. */
    long done(int member) {
        return words.getAcquire(at(member) + Long.BYTES);
    }

    void setDone(int member, long step) {
        words.setRelease(at(member) + Long.BYTES, step);
    }

    /** How many answers a client has got, ever. */
    long answers(int client) {
        return words.getAcquire(at(client) + 2 * Long.BYTES);
    }

    void addAnswers(int client, long number) {
        long at = at(client) + 2 * Long.BYTES;
        words.setRelease(at, words.get(at) + number);
    }
}
