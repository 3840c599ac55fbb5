package io.kefuhub.core.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** As much of a socket as the PostgreSQL driver uses, over the JDK's Unix channels. One reader and one writer. */
final class UnixSocket extends Socket {
    private final Path path;
    private volatile @Nullable SocketChannel channel;
    private @Nullable Selector selector;
    private int timeout;

    UnixSocket(Path path) {
        this.path = path;
    }

    @Override
    public void connect(SocketAddress ignored) throws IOException {
        connect(ignored, 0);
    }

    @Override
    public void connect(SocketAddress ignored, int limit) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    private SocketChannel open() throws SocketException {
        var open = channel;
        if (open == null) {
            throw new SocketException("not connected");
        }
        return open;
    }

    private int read(ByteBuffer into) throws IOException {
        var open = open();
        if (timeout <= 0) {
            return open.read(into);
        }
        // Only a connection that listens for notifications waits with a limit.
        var waiting = selector == null ? Selector.open() : selector;
        selector = waiting;
        open.configureBlocking(false);
        var key = open.register(waiting, SelectionKey.OP_READ);
        try {
            var count = open.read(into);
            if (count != 0) {
                return count;
            }
            if (waiting.select(timeout) == 0) {
                throw new SocketTimeoutException("nothing came in " + timeout + " ms");
            }
            return open.read(into);
        } finally {
            key.cancel();
            waiting.selectNow();
            open.configureBlocking(true);
        }
    }

    @Override
    public InputStream getInputStream() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return UnixSocket.this.read(ByteBuffer.wrap(into, offset, length));
            }
        };
    }

    @Override
    public OutputStream getOutputStream() {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                write(new byte[] {(byte) value}, 0, 1);
            }

            @Override
            public void write(byte[] from, int offset, int length) throws IOException {
                var rest = ByteBuffer.wrap(from, offset, length);
                while (rest.hasRemaining()) {
                    open().write(rest);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        var open = channel;
        if (open != null) {
            open.close();
        }
        var waiting = selector;
        if (waiting != null) {
            waiting.close();
        }
    }

    @Override
    public boolean isConnected() {
        return channel != null;
    }

    @Override
    public boolean isClosed() {
        var open = channel;
        return open != null && !open.isOpen();
    }

    @Override
    public void setSoTimeout(int milliseconds) {
        timeout = milliseconds;
    }

    @Override
    public int getSoTimeout() {
        return timeout;
    }

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getReceiveBufferSize() {
        return 64 * 1024;
    }

    @Override
    public int getSendBufferSize() {
        return 64 * 1024;
    }

    @Override
    public InetAddress getInetAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public SocketAddress getRemoteSocketAddress() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 5432);
    }

    @Override
    public int getPort() {
        return 5432;
    }
}
