package dev.overseer.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.overseer.bench.campaign.Problems;
import dev.overseer.testkit.PostgresVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of every version; {@code ./dev oracle} takes longer over one of them, as verify does. */
@EnabledIfSystemProperty(named = "overseer.it", matches = "all")
class CampaignIT {

  @ParameterizedTest
  @MethodSource("dev.overseer.testkit.PostgresVersion#tested")
  void overseer_says_of_every_version_what_the_server_says(PostgresVersion version) {
    List<String> progress = new ArrayList<>();
    Problems problems =
        new Campaign(version, version.major(), Duration.ofSeconds(8), 10, progress::add).run();

    assertThat(problems.isEmpty()).as("%s%n%s", problems, progress).isTrue();
  }
}
