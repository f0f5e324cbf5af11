package io.github.huffhash.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.huffhash.FileInfo;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ListingTest {
    private static final Listing KNOWN =
            new Listing("a", new FileInfo(2, 1, 2, 1000, OptionalLong.of(2500), List.of()));
    private static final Listing UNKNOWN =
            new Listing("b", new FileInfo(1, 0, 0, 1 << 20, OptionalLong.empty(), List.of()));

    @Test
    void columnsStandBelowTheirNames() {
        assertThat(Listing.heading())
                .isEqualTo(
                        "Frames  Skips      Compressed    Uncompressed   Ratio  Check  Filename");
        assertThat(KNOWN.row())
                .isEqualTo("     2      1           1,000           2,500   2.500  XXH64  a");
        assertThat(UNKNOWN.row())
                .isEqualTo("     1      0       1,048,576               -       -  None   b");
    }

    @Test
    void theSumOfWhatIsNotKnownIsNotKnown() {
        assertThat(Listing.total(List.of(KNOWN, KNOWN)).row())
                .isEqualTo("     4      2           2,000           5,000   2.500  XXH64  2 files");
        assertThat(Listing.total(List.of(KNOWN, UNKNOWN)).row())
                .isEqualTo("     3      1       1,049,576               -       -  Some   2 files");
    }

    @Test
    void whatIsNotKnownIsNotInTheObject() {
        assertThat(KNOWN.json())
                .isEqualTo(
                        "{\"file\":\"a\",\"frames\":2,\"skippableFrames\":1,"
                                + "\"compressedBytes\":1000,\"uncompressedBytes\":2500,"
                                + "\"ratio\":2.5,\"check\":\"XXH64\"}");
        assertThat(UNKNOWN.json())
                .isEqualTo(
                        "{\"file\":\"b\",\"frames\":1,\"skippableFrames\":0,"
                                + "\"compressedBytes\":1048576,\"check\":\"None\"}");
    }
}
