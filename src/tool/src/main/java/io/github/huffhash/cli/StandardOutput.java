package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;

/** Standard output as lines of text, or bytes. Every write is checked, and so is the last flush. */
final class StandardOutput implements Closeable {
    private static final Charset CHARSET =
            Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));

    private boolean failed;
    private final OutputStream stream =
            new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));

    void line(String text) throws IOException {
        byte[] bytes = (text + "\n").getBytes(CHARSET);
        write(bytes, 0, bytes.length);
    }

    private void write(byte[] bytes, int from, int length) throws IOException {
        try {
            stream.write(bytes, from, length);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** The same for data; it need not be closed. */
    OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                StandardOutput.this.write(bytes, from, length);
            }
        };
    }

    void flush() throws IOException {
        try {
            stream.flush();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Whether a character can be written as it is. */
    static boolean canWrite(String character) {
        return CHARSET.newEncoder().canEncode(character);
    }

    private IOException failure(IOException e) {
        failed = true;
        return new OutputException(e);
    }

    /** Writes what is left, unless writing has failed before. */
    @Override
    public void close() throws IOException {
        if (!failed) {
            flush();
        }
    }

    /** Standard output takes no more: there is no point in going on. */
    static final class OutputException extends IOException {
        private static final long serialVersionUID = 1L;

        private final String reason;

        OutputException(IOException cause) {
            super(cause);
            reason = FileFailure.reason(cause);
        }

        String reason() {
            return reason;
        }

        /** Whether its reader has hung up, which is no error to report. */
        boolean isClosedPipe() {
            return reason.equals("Broken pipe");
        }
    }
}
