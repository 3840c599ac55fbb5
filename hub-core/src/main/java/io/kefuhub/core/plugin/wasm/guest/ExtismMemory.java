package io.kefuhub.core.plugin.wasm.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The memory that guest and host share for one call: blocks behind each other, each with its length before it. What is
 * outside them cannot be reached. Empty again with every call, so that nothing of one message is left for the next. One
 * thread only.
 */
final class ExtismMemory {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WORD = 8;
    private static final int FIRST = 4096;
    private static final int KEPT = 64 << 10;

    private final int cap;
    private byte[] bytes = new byte[FIRST];
    private int top = WORD;

    ExtismMemory(int cap) {
        this.cap = cap;
    }

    void clear() {
        top = WORD;
        if (bytes.length > KEPT) bytes = new byte[FIRST];
    }

    /** Returns where the block begins, or 0 when there is no room for it. */
    long allocate(long size) {
        if (size <= 0 || size > cap || top + 2L * WORD + size > cap) return 0;
        var block = (top + WORD - 1) / WORD * WORD + WORD;
        var end = block + (int) size;
        if (end > bytes.length) bytes = Arrays.copyOf(bytes, Math.min(cap, Math.max(end, bytes.length * 2)));
        // What was here in another call is nobody's business.
        Arrays.fill(bytes, block, end, (byte) 0);
        LONGS.set(bytes, block - WORD, size);
        top = end;
        return block;
    }

    /** How long the block is that begins here; 0 for what is none. */
    long length(long block) {
        if (block < 2 * WORD || block > top || block % WORD != 0) return 0;
        var length = (long) LONGS.get(bytes, (int) block - WORD);
        return length < 0 || length > top - block ? 0 : length;
    }

    int byteAt(long offset) {
        return bytes[inside(offset, 1)] & 0xff;
    }

    long wordAt(long offset) {
        return (long) LONGS.get(bytes, inside(offset, WORD));
    }

    void setByte(long offset, int value) {
        bytes[inside(offset, 1)] = (byte) value;
    }

    void setWord(long offset, long value) {
        LONGS.set(bytes, inside(offset, WORD), value);
    }

    /** Puts a block there with this content; returns where it begins, or 0 when it is empty or there is no room. */
    long put(byte[] content) {
        var block = allocate(content.length);
        if (block != 0) System.arraycopy(content, 0, bytes, (int) block, content.length);
        return block;
    }

    byte[] copy(long offset, long length) {
        if (length < 0 || length > top) throw notItsOwn();
        var from = inside(offset, (int) length);
        return Arrays.copyOfRange(bytes, from, from + (int) length);
    }

    /** Reads the block that begins here as text; what is no UTF-8 becomes replacement characters. */
    String text(long block) {
        return new String(bytes, (int) Math.min(block, top), (int) length(block), StandardCharsets.UTF_8);
    }

    /** Reads text that must be UTF-8. */
    static String strictText(byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WasmFault(WasmFault.Kind.ANSWER, "what it answers is not UTF-8");
        }
    }

    private int inside(long offset, int length) {
        if (offset < WORD || offset > top - length) throw notItsOwn();
        return (int) offset;
    }

    private static WasmFault notItsOwn() {
        return new WasmFault(WasmFault.Kind.REFUSED, "it reaches for memory that is not its own");
    }
}
