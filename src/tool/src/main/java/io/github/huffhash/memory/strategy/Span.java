package io.github.huffhash.memory.strategy;

/**
 * A run of pages cut into pieces of one class, all of which one thread hands out.
 *
 * <p>The owner alone reads and writes the fields that change; the others are set before the first
 * piece leaves the owner's hands. The free pieces are linked outside the heap, by their grains of
 * 16 bytes.
 */
final class Span {
    /** The end of a list of free pieces. */
    static final int END = -1;

    private static final RemoteFrees UNOWNED = new RemoteFrees(new int[0]);

    /** Of pages without an owner, and instead of no span: it has no free piece. */
    static final Span NONE = new Span(UNOWNED, 0, 0, 0);

    /** The owner's list, to which other threads add what they free. */
    final RemoteFrees owner;

    final int firstPage;
    final int pages;
    final int sizeClass;

    /** The grain of the first free piece. */
    int free = END;

    /** Pieces handed out and not yet taken back. */
    int used;

    /** Whether it is in the owner's list of spans with free pieces. */
    boolean listed;

    private Span previous = this;

    /** The next in that circular list. */
    Span next = this;

    Span(RemoteFrees owner, int firstPage, int pages, int sizeClass) {
        this.owner = owner;
        this.firstPage = firstPage;
        this.pages = pages;
        this.sizeClass = sizeClass;
    }

    /**
     * Cuts a new span into pieces, all of them free.
     *
     * @param grain the first grain
     * @param pieces how many there are
     * @param step the grains of a piece
     * @param links where the free pieces are linked
     */
    void cut(int grain, int pieces, int step, int[] links) {
        free = grain;
        int last = grain + (pieces - 1) * step;
        for (int piece = grain; piece < last; piece += step) {
            links[piece] = piece + step;
        }
        links[last] = END;
    }

    /**
     * Takes a piece that is free.
     *
     * @return its grain
     */
    int take(int[] links) {
        int grain = free;
        free = links[grain];
        used++;
        return grain;
    }

    /** Puts back a piece that was taken. */
    void put(int grain, int[] links) {
        links[grain] = free;
        free = grain;
        used--;
    }

    /** Whether the thread with this list owns it. */
    @SuppressWarnings("ReferenceEquality") // the list's identity is the thread's
    boolean isOf(RemoteFrees thread) {
        return owner == thread;
    }

    /** The head of a circular list of spans. */
    static Span listHead() {
        return new Span(UNOWNED, 0, 0, 0);
    }

    /** Puts {@code span} first in the list that has this for a head. */
    void add(Span span) {
        span.listed = true;
        span.previous = this;
        span.next = next;
        next.previous = span;
        next = span;
    }

    /** Removes this from its list, if it is in one. */
    void remove() {
        listed = false;
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
