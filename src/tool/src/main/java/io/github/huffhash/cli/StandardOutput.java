package io.github.huffhash.cli;

import io.github.huffhash.io.FileFailure;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.apache.commons.io.output.ProxyOutputStream;

/** Standard output as lines of text, or bytes. Every write is checked, and so is the last flush. */
final class StandardOutput extends ProxyOutputStream {
    private static final Charset CHARSET =
            Charset.forName(System.getProperty("stdout.encoding", "UTF-8"));

    private boolean failed;

    StandardOutput() {
        super(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    }

    void line(String text) throws IOException {
        write((text + "\n").getBytes(CHARSET));
    }

    /** Whether a character can be written as it is. */
    static boolean canWrite(String character) {
        return CHARSET.newEncoder().canEncode(character);
    }

    @Override
    protected void handleIOException(IOException e) throws IOException {
        failed = true;
        throw new OutputException(e);
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
    }
}
