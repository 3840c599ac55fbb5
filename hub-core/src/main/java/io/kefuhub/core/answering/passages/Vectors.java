package io.kefuhub.core.answering.passages;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/** Every statement that touches the {@code embedding} and {@code embedding_model} tables, and nothing else. */
final class Vectors {
    private static final int FETCH = 1_000;
    private static final String OF_MODEL = "select text_key, vector from embedding where model = :model";
    private static final String ADD = """
            insert into embedding (model, text_key, vector) values (:model, :key, :vector)
            on conflict (model, text_key) do nothing""";
    private static final String SERVING = "select model from embedding_model";
    private static final String SERVE = """
            insert into embedding_model (one, model, dimension) values (true, :model, :dimension)
            on conflict (one) do update set model = excluded.model, dimension = excluded.dimension""";
    private static final String FORGET_MODELS = "delete from embedding where model <> :model";
    private static final String FORGET_TEXTS = "delete from embedding where model = :model and text_key = any (:keys)";

    /** The model that questions are compared with; empty before the first one has seen everything. */
    Optional<String> serving(Handle db) {
        return db.createQuery(SERVING).mapTo(String.class).findOne();
    }

    void serve(Handle tx, String model, int dimension) {
        tx.createUpdate(SERVE).bind("model", model).bind("dimension", dimension).execute();
    }

    /** Tells of every vector that a model made. */
    void each(Handle db, String model, BiConsumer<UUID, float[]> told) {
        db.createQuery(OF_MODEL)
                .bind("model", model)
                .setFetchSize(FETCH)
                .map((row, _) -> Map.entry(row.getObject("text_key", UUID.class), read(row.getBytes("vector"))))
                .forEach(vector -> told.accept(vector.getKey(), vector.getValue()));
    }

    void add(Handle tx, String model, List<UUID> keys, List<float[]> vectors) {
        var batch = tx.prepareBatch(ADD);
        for (int at = 0; at < keys.size(); at++) {
            batch.bind("model", model)
                    .bind("key", keys.get(at))
                    .bind("vector", written(vectors.get(at)))
                    .add();
        }
        batch.execute();
    }

    /** Forgets what other models made. */
    void keepOnly(Handle tx, String model) {
        tx.createUpdate(FORGET_MODELS).bind("model", model).execute();
    }

    void forget(Handle tx, String model, Collection<UUID> texts) {
        tx.createUpdate(FORGET_TEXTS)
                .bind("model", model)
                .bindArray("keys", UUID.class, List.copyOf(texts))
                .execute();
    }

    private static byte[] written(float[] vector) {
        var bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return bytes.array();
    }

    private static float[] read(byte[] bytes) {
        var vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        return vector;
    }
}
