package io.github.huffhash.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.io.function.IOConsumer;

/** A sink that takes some results and fails with the next. */
final class FailingSink implements IOConsumer<SignatureWork.Hashes> {
    private final int results;
    private final Throwable failure;
    private final List<Integer> hashes = new ArrayList<>();
    private int calls;

    /**
     * A sink.
     *
     * @param results how many it takes
     * @param failure what it then fails with: an IOException or something unchecked
     */
    FailingSink(int results, Throwable failure) {
        this.results = results;
        this.failure = failure;
    }

    @Override
    public void accept(SignatureWork.Hashes result) throws IOException {
        if (calls++ < results) {
            for (int hash : result.hashes()) {
                hashes.add(hash);
            }
            return;
        }
        switch (failure) {
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new AssertionError("no failure of a sink", failure);
        }
    }

    /** How many hashes it has taken. */
    int count() {
        return hashes.size();
    }

    /** What was delivered is the beginning of what was expected, and nothing followed a failure. */
    void assertDelivered(Expected beginningOf) {
        assertThat(calls).isLessThanOrEqualTo(results == Integer.MAX_VALUE ? calls : results + 1);
        for (int i = 0; i < hashes.size(); i++) {
            assertThat(hashes.get(i)).as("block %d", i).isEqualTo(beginningOf.hashes()[i]);
        }
    }
}
