package dev.overseer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgOutputAggregator;
import dev.overseer.formats.pgoutput.PgOutputDecoder;
import dev.overseer.formats.pgoutput.PgTable;
import dev.overseer.model.CorruptStore;
import dev.overseer.model.SchemaReader;
import dev.overseer.model.Value;
import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void pgoutput_comes_with_overseer() {
    assertThat(Formats.standard().decoder("pgoutput")).isInstanceOf(PgOutputDecoder.class);
    assertThat(Formats.standard().aggregator("pgoutput")).isInstanceOf(PgOutputAggregator.class);
  }

  @Test
  void a_schema_says_its_columns_and_their_forms() throws Exception {
    PgTable table =
        PgTable.of("payments", 1, "public.t", "id uuid key", "amount numeric", "at timestamptz");

    assertThat(Formats.standard().schemas("pgoutput").columns(table.schema()))
        .containsExactly(
            new SchemaReader.Column("id", Value.Text.class),
            new SchemaReader.Column("amount", Value.Number.class),
            new SchemaReader.Column("at", Value.Time.class));
  }

  @Test
  void a_format_of_a_later_version_stops_the_reader() {
    assertThatThrownBy(() -> Formats.standard().decoder("bson"))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("reads only [pgoutput]");
  }
}
