package io.kefuhub.core.answering.documents.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * What the process that reads tells the hub, over its standard output. A frame is a letter and what belongs to it; the
 * last one says that it is all, or why not.
 */
final class Frames {
    private static final char BLOCK = 'B';
    private static final char PAGE = 'P';
    private static final char TROUBLE = 'T';
    private static final char END = 'E';

    private Frames() {}

    /** The side that reads the document. */
    static final class Writer implements BlockSink {
        private final DataOutputStream out;
        private long characters;

        Writer(OutputStream out) {
            this.out = new DataOutputStream(out);
        }

        @Override
        public void block(Block block) throws IOException, UnreadableException {
            characters += block.text().length();
            if (characters > Limits.CHARACTERS) throw new UnreadableException(Trouble.TOO_LONG);
            out.writeByte(BLOCK);
            out.writeByte(block.level());
            out.writeInt(block.page());
            text(block.text());
        }

        @Override
        public void page(int page, int of) throws IOException {
            out.writeByte(PAGE);
            out.writeInt(page);
            out.writeInt(of);
            out.flush();
        }

        void trouble(Trouble trouble) throws IOException {
            out.writeByte(TROUBLE);
            text(trouble.name());
            out.flush();
        }

        void end() throws IOException, UnreadableException {
            if (characters == 0) throw new UnreadableException(Trouble.EMPTY);
            out.writeByte(END);
            out.flush();
        }

        private void text(String text) throws IOException {
            var bytes = text.getBytes(UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    /**
     * Reads all frames. Trusts the other side with nothing but its words: lengths are bounded here too.
     *
     * @throws IOException when it ends before it said that it is all
     */
    static void read(DataInputStream in, BlockSink sink) throws IOException, UnreadableException {
        long characters = 0;
        while (true) {
            char frame = (char) in.readByte();
            switch (frame) {
                case BLOCK -> {
                    int level = in.readByte();
                    int page = in.readInt();
                    var text = text(in);
                    characters += text.length();
                    if (characters > Limits.CHARACTERS) throw new UnreadableException(Trouble.TOO_LONG);
                    sink.block(new Block(level, page, text));
                }
                case PAGE -> sink.page(in.readInt(), in.readInt());
                case TROUBLE -> throw new UnreadableException(Trouble.valueOf(text(in)));
                case END -> {
                    return;
                }
                default -> throw new IOException("not a frame");
            }
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > 4 * Limits.CHARACTERS) throw new IOException("not a length");
        return new String(in.readNBytes(length), UTF_8);
    }
}
