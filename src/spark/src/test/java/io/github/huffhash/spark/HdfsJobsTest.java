package io.github.huffhash.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static scala.jdk.javaapi.CollectionConverters.asJava;

import io.github.huffhash.Inputs;
import io.github.huffhash.hadoop.HuffhashCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.protocol.HdfsConstants;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The jobs on HDFS, where parts become one file by {@code concat}. */
@SuppressWarnings("NullAway.Init")
class HdfsJobsTest extends JobsContract {
    private static final String[] HOSTS = {"a.example", "b.example", "c.example"};

    @TempDir static java.nio.file.Path disks;
    private MiniDFSCluster hdfs;
    private Path folder;

    @BeforeAll
    void start() throws IOException {
        var configuration = new Configuration();
        for (var its : List.of(configuration, spark().hadoopConfiguration())) {
            its.set("dfs.blocksize", "1m");
            its.set("dfs.replication", "1");
        }
        hdfs =
                new MiniDFSCluster.Builder(configuration, disks.toFile())
                        .numDataNodes(HOSTS.length)
                        .hosts(HOSTS)
                        .build();
    }

    @AfterAll
    void stop() {
        hdfs.shutdown(true);
    }

    @BeforeEach
    void makeFolder(TestInfo test) throws IOException {
        folder = new Path(hdfs.getURI() + "/" + test.getTestMethod().orElseThrow().getName());
        hdfs.getFileSystem().mkdirs(folder);
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

    /** Where the tasks of a job run if they can, in any order. */
    private List<String> preferredHosts(Callable<?> job) throws Exception {
        List<String> hosts = new ArrayList<>();
        var listener =
                new SparkListener() {
                    @Override
                    public void onStageSubmitted(SparkListenerStageSubmitted stage) {
                        for (var task : asJava(stage.stageInfo().taskLocalityPreferences())) {
                            hosts.add(task.head().host());
                        }
                    }
                };
        var context = spark().sc();
        context.addSparkListener(listener);
        job.call();
        context.listenerBus().waitUntilEmpty();
        context.removeSparkListener(listener);
        return hosts;
    }

    @Test
    void tasksRunWhereTheirBytesAre() throws Exception {
        byte[] content = new byte[5_000_000];
        random.nextBytes(content);
        Path file = write("data.zst", Inputs.seekable(content));
        long length = files().getFileStatus(file).getLen();
        List<String> blocks = new ArrayList<>();
        for (var block : files().getFileBlockLocations(file, 0, length)) {
            assertThat(block.getHosts()).hasSize(1).isSubsetOf(HOSTS);
            blocks.add(block.getHosts()[0]);
        }

        List<String> expected = new ArrayList<>();
        int partBytes = 300 << 10;
        for (long start = 0; start < length; start += partBytes) {
            long middle = (start + Math.min(length, start + partBytes)) / 2;
            expected.add(blocks.get((int) (middle >> 20)));
        }
        assertThat(preferredHosts(() -> run("sign", file.toString())))
                .containsExactlyInAnyOrderElementsOf(expected);

        spark().hadoopConfiguration().set("io.compression.codecs", HuffhashCodec.class.getName());
        assertThat(preferredHosts(() -> spark().textFile(file.toString()).count()))
                .containsExactlyInAnyOrderElementsOf(blocks);
    }
}
