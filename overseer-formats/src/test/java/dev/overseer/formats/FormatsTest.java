package dev.overseer.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.overseer.formats.pgoutput.PgOutputAggregator;
import dev.overseer.formats.pgoutput.PgOutputDecoder;
import dev.overseer.model.CorruptStore;
import org.junit.jupiter.api.Test;

class FormatsTest {

  @Test
  void pgoutput_comes_with_overseer() {
    assertThat(Formats.standard().decoder("pgoutput")).isInstanceOf(PgOutputDecoder.class);
    assertThat(Formats.standard().aggregator("pgoutput")).isInstanceOf(PgOutputAggregator.class);
  }

  @Test
  void a_format_of_a_later_version_stops_the_reader() {
    assertThatThrownBy(() -> Formats.standard().decoder("bson"))
        .isInstanceOf(CorruptStore.class)
        .hasMessageContaining("reads only [pgoutput]");
  }
}
