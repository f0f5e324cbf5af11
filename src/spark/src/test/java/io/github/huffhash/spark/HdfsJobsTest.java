package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The jobs on HDFS, where parts become one file by {@code concat}. */
@SuppressWarnings("NullAway.Init")
class HdfsJobsTest extends JobsContract {
    @TempDir static java.nio.file.Path temporary;
    private static MiniDFSCluster hdfs;
    private static JavaSparkContext spark;
    private Path folder;

    @BeforeAll
    static void start() throws IOException {
        var configuration = new Configuration();
        configuration.set("dfs.blocksize", "1m");
        configuration.set("dfs.replication", "1");
        hdfs = new MiniDFSCluster.Builder(configuration, temporary.toFile()).build();
        spark = SparkHome.context("local[2]");
        spark.hadoopConfiguration().set("dfs.blocksize", "1m");
        spark.hadoopConfiguration().set("dfs.replication", "1");
    }

    @AfterAll
    static void stop() {
        spark.close();
        hdfs.shutdown(true);
    }

    @BeforeEach
    void makeFolder(TestInfo test) throws IOException {
        folder = new Path(hdfs.getURI() + "/" + test.getTestMethod().orElseThrow().getName());
        hdfs.getFileSystem().mkdirs(folder);
    }

    @Override
    JavaSparkContext spark() {
        return spark;
    }

    @Override
    Path folder() {
        return folder;
    }

    @Test
    void outputsAreConcatenatedWhereTheyAre() throws IOException {
        byte[] content = new byte[3_000_000];
        random.nextBytes(content);
        Path file = write("data", content);
        run("compress", "--seekable=64K", file.toString());
        FileStatus status = files().getFileStatus(file.suffix(".zst"));
        // a block for each part and one for the table: the parts are as the tasks wrote them
        assertThat(files().getFileBlockLocations(status, 0, status.getLen()))
                .hasSize(1 + (content.length - 1) / (5 * 65_536) + 1);
    }

    @Test
    void noRoomFailsTheJobAndLeavesNothing() throws IOException {
        byte[] content = new byte[5_000_000];
        random.nextBytes(content);
        Path file = write("data", content);
        Path small = new Path(folder, "small");
        files().mkdirs(small);
        hdfs.getFileSystem().setQuota(small, HdfsConstants.QUOTA_DONT_SET, 3 << 20);
        assertThatThrownBy(() -> run("compress", "-o", small + "/data.zst", file.toString()))
                .satisfies(e -> assertThat(Main.message(e)).contains("DiskSpace quota"));
        assertThat(names()).containsExactlyInAnyOrder("data", "small");
    }
}
