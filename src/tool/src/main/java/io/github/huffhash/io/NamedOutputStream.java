package io.github.huffhash.io;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;

/** Writes to a channel; what fails, fails with the file's name. */
final class NamedOutputStream extends OutputStream {
    private final String name;
    private final FileChannel channel;
    private final OutputStream stream;

    NamedOutputStream(String name, FileChannel channel) {
        this.name = name;
        this.channel = channel;
        stream = Channels.newOutputStream(channel);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            stream.write(bytes, from, length);
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } catch (IOException e) {
            throw new FileFailure(name, e);
        }
    }
}
