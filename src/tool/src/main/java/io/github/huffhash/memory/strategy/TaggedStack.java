package io.github.huffhash.memory.strategy;

import io.github.huffhash.memory.PaddedLong;
import io.github.huffhash.memory.ThreadAllocator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A lock-free stack of the numbers of free pieces. The links lie in an array outside the heap.
 *
 * <p>The head is one word, a tag in its upper half and a number + 1 in its lower, 0 for none. A pop
 * reads the head and the link behind it, then swaps the head; between the two, others may pop that
 * number, hand it out, and push it again on a shorter stack (ABA). Each pop counts the tag up, so
 * that such a swap fails: without it, a piece that is in use would become the head and be handed
 * out twice. The tag comes round after 2³² pops, far more than fit between a read and a swap. See
 * Treiber, "Systems programming: coping with parallelism", 1986, where this is done with a double
 * word.
 *
 * <p>Costs: one swap for a push or a pop, or for a whole chain; all threads write one cache line.
 */
class TaggedStack {
    private static final VarHandle LINK =
            MethodHandles.arrayElementVarHandle(int[].class).withInvokeExactBehavior();

    private static final int NOTHING = 0;
    private static final long TAG = 1L << Integer.SIZE;

    private final PaddedLong head = new PaddedLong();
    private final int[] links;
    private final long tagStep;

    /**
     * An empty stack.
     *
     * @param links one for each number that may be pushed; between a pop and the next push of a
     *     number its link is the owner's to use
     */
    TaggedStack(int[] links) {
        this(links, TAG);
    }

    /** For tests: a step of 0 leaves the tag out. */
    TaggedStack(int[] links, long tagStep) {
        this.links = links;
        this.tagStep = tagStep;
    }

    /** Called before each access to what is shared. */
    void step() {}

    /**
     * Takes one number.
     *
     * @param thread counts lost swaps
     * @return the number, or −1 if there is none
     */
    final int pop(ThreadAllocator thread) {
        while (true) {
            step();
            long head = this.head.getAcquire();
            int top = (int) head;
            if (top == NOTHING) {
                return -1;
            }
            step();
            int next = (int) LINK.getOpaque(links, top - 1);
            step();
            if (swap(head, next)) {
                return top - 1;
            }
            thread.countCasRetry();
        }
    }

    /**
     * Takes up to {@code most} numbers with one swap.
     *
     * @param into where they are put
     * @return how many there were
     */
    final int popSome(int[] into, int most, ThreadAllocator thread) {
        while (true) {
            step();
            long head = this.head.getAcquire();
            int next = (int) head;
            int count = 0;
            // a link may be stale, or the mark of a piece in use by now: then the swap fails
            while (count < most && next > NOTHING && next <= links.length) {
                into[count++] = next - 1;
                step();
                next = (int) LINK.getOpaque(links, next - 1);
            }
            if (count == 0) {
                return 0;
            }
            step();
            if (swap(head, next)) {
                return count;
            }
            thread.countCasRetry();
        }
    }

    /** Only pops count the tag: a push links to whatever number is on top. */
    private boolean swap(long head, int next) {
        long tagged = (head & -TAG) + tagStep;
        return this.head.compareAndSet(head, tagged | Integer.toUnsignedLong(next));
    }

    /** Puts one number on the stack. */
    final void push(int number, ThreadAllocator thread) {
        pushChain(number, number, thread);
    }

    /**
     * Puts numbers on the stack that are linked already, with {@link #link}.
     *
     * @param first will be on top
     * @param last will be followed by what was on the stack
     */
    final void pushChain(int first, int last, ThreadAllocator thread) {
        while (true) {
            step();
            long head = this.head.getOpaque();
            step();
            LINK.setOpaque(links, last, (int) head);
            step();
            if (this.head.compareAndSet(head, (head & -TAG) | (first + 1L))) {
                return;
            }
            thread.countCasRetry();
        }
    }

    /** Makes {@code next} follow {@code number}; both belong to the caller. */
    final void link(int number, int next) {
        links[number] = next + 1;
    }

    /** Makes the stack empty, while no other thread uses it. */
    final void clear() {
        head.setRelease(0);
    }
}
