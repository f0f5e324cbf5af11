package io.github.huffhash.memory.strategy;

/**
 * A run of pages cut into pieces of one class, all of them one worker's to hand out.
 *
 * <p>The owner alone reads and writes the fields that change; the others are set before the first
 * piece leaves the owner's hands. The free pieces are linked beside the heap, by their grains of 16
 * bytes.
 */
final class Span {
    /** The end of a list of free pieces. */
    static final int END = -1;

    private static final RemoteFrees NOBODY = new RemoteFrees(new int[0]);

    /** Of pages that are nobody's, and instead of no span: it has nothing to give. */
    static final Span NONE = new Span(NOBODY, 0, 0, 0);

    /** Whose it is, and where others put what they free. */
    final RemoteFrees owner;

    final int firstPage;
    final int pages;
    final int sizeClass;

    /** The grain of the first free piece. */
    int free = END;

    /** Pieces handed out and not yet taken back. */
    int used;

    /** Whether the owner has it among those with free pieces. */
    boolean listed;

    /** Its neighbours there. */
    Span previous = this;

    Span next = this;

    Span(RemoteFrees owner, int firstPage, int pages, int sizeClass) {
        this.owner = owner;
        this.firstPage = firstPage;
        this.pages = pages;
        this.sizeClass = sizeClass;
    }

    /** Whether the worker with this list owns it. */
    @SuppressWarnings("ReferenceEquality") // it is the object that counts
    boolean isOf(RemoteFrees worker) {
        return owner == worker;
    }

    /** The head of a circular list of spans. */
    static Span listHead() {
        return new Span(NOBODY, 0, 0, 0);
    }

    /** Puts {@code span} first in the list that has this for a head. */
    void add(Span span) {
        span.listed = true;
        span.previous = this;
        span.next = next;
        next.previous = span;
        next = span;
    }

    /** Takes this out of its list. */
    void remove() {
        listed = false;
        previous.next = next;
        next.previous = previous;
        previous = this;
        next = this;
    }
}
