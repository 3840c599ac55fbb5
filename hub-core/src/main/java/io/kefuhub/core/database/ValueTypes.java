package io.kefuhub.core.database;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.generic.GenericTypes;
import org.jdbi.v3.core.mapper.ColumnMapper;
import org.jdbi.v3.core.mapper.ColumnMapperFactory;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PGobject;

/**
 * Teaches Jdbi the types that stores bind and read: moments, UUIDs, JSON, arrays for {@code unnest}, and every record
 * with a single component, such as an id.
 */
final class ValueTypes {
    private static final Set<Class<?>> SIMPLE = Set.of(UUID.class, String.class, long.class, Long.class);

    private ValueTypes() {}

    static void register(Jdbi jdbi) {
        // What is bound is what customers wrote; it stays out of messages that end in logs.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
        jdbi.registerArgument((ArgumentFactory) ValueTypes::recordArgument);
        jdbi.registerArgument((ArgumentFactory) ValueTypes::instantArgument);
        jdbi.registerArgument((ArgumentFactory) ValueTypes::jsonbArgument);
        jdbi.registerColumnMapper((ColumnMapperFactory) ValueTypes::recordColumn);
        jdbi.registerColumnMapper(Instant.class, (rs, column, ctx) -> {
            var moment = rs.getObject(column, OffsetDateTime.class);
            return moment == null ? null : moment.toInstant();
        });
        jdbi.registerColumnMapper(Jsonb.class, (rs, column, ctx) -> {
            var text = rs.getString(column);
            return text == null ? null : new Jsonb(text);
        });
        jdbi.registerArrayType(UUID.class, "uuid");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Long.class, "bigint");
        jdbi.registerArrayType(Integer.class, "integer");
        jdbi.registerArrayType(Boolean.class, "boolean");
        jdbi.registerArrayType(Double.class, "float8");
        jdbi.registerArrayType(Instant.class, "timestamptz", moment -> moment == null ? null : moment.toString());
        jdbi.registerArrayType(Jsonb.class, "jsonb", json -> json == null ? null : json.text());
    }

    private static Optional<Argument> instantArgument(Type type, @Nullable Object value, ConfigRegistry config) {
        return value instanceof Instant moment
                ? Optional.of((position, statement, ctx) ->
                        statement.setObject(position, moment.atOffset(ZoneOffset.UTC), Types.TIMESTAMP_WITH_TIMEZONE))
                : Optional.empty();
    }

    private static Optional<Argument> jsonbArgument(Type type, @Nullable Object value, ConfigRegistry config) {
        return value instanceof Jsonb(var text)
                ? Optional.of((position, statement, ctx) -> {
                    var object = new PGobject();
                    object.setType("jsonb");
                    object.setValue(text);
                    statement.setObject(position, object);
                })
                : Optional.empty();
    }

    private static Optional<Argument> recordArgument(Type type, @Nullable Object value, ConfigRegistry config) {
        if (value == null) {
            return Optional.empty();
        }
        return onlyComponent(value.getClass()).map(component -> {
            var held = read(component, value);
            return (position, statement, ctx) -> statement.setObject(position, held);
        });
    }

    private static Optional<ColumnMapper<?>> recordColumn(Type type, ConfigRegistry config) {
        var record = GenericTypes.getErasedType(type);
        return onlyComponent(record).map(component -> {
            try {
                var constructor = record.getDeclaredConstructor(component.getType());
                constructor.setAccessible(true);
                return (rs, column, ctx) -> {
                    var held = rs.getObject(column);
                    try {
                        return held == null ? null : constructor.newInstance(held);
                    } catch (ReflectiveOperationException e) {
                        throw new IllegalStateException("cannot make a " + record.getSimpleName(), e);
                    }
                };
            } catch (NoSuchMethodException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static Optional<RecordComponent> onlyComponent(Class<?> type) {
        if (!type.isRecord() || type == Jsonb.class) {
            return Optional.empty();
        }
        var components = type.getRecordComponents();
        return components.length == 1 && SIMPLE.contains(components[0].getType())
                ? Optional.of(components[0])
                : Optional.empty();
    }

    private static Object read(RecordComponent component, Object value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read a " + value.getClass().getSimpleName(), e);
        }
    }
}
