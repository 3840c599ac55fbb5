package io.kefuhub.core.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaTest {
    private DataSource source;

    @BeforeEach
    void open() {
        source = Database.source(TestDatabase.freshAddress());
    }

    private void run(String sql) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void a_database_on_which_every_file_was_run_is_known_without_running_any() {
        assertThat(Schema.isUpToDate(source)).isTrue();
    }

    @Test
    void one_that_lacks_a_file_is_not_up_to_date() throws SQLException {
        run(
                "delete from flyway_schema_history where installed_rank = (select max(installed_rank) from flyway_schema_history)");

        assertThat(Schema.isUpToDate(source)).isFalse();
    }

    @Test
    void one_whose_file_had_other_content_is_refused() throws SQLException {
        run("update flyway_schema_history set checksum = 7 where version = '2'");

        assertThat(Schema.isUpToDate(source)).isFalse();
        assertThatThrownBy(() -> Schema.bringUpToDate(source))
                .isInstanceOf(FlywayException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void an_empty_one_gets_all_tables() throws SQLException {
        run("drop schema public cascade");
        run("create schema public");

        Schema.bringUpToDate(source);

        assertThat(Schema.isUpToDate(source)).isTrue();
    }
}
