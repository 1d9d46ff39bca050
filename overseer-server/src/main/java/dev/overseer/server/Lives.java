package dev.overseer.server;

import dev.overseer.runner.journal.IncidentKind;
import dev.overseer.server.clock.SteadyClock;
import dev.overseer.server.configuration.Configuration;
import dev.overseer.server.loading.LoadedChecks;
import dev.overseer.server.storage.DiskTrouble;
import dev.overseer.store.index.IndexDirectory;
import java.nio.file.Path;
import java.util.Optional;

/** What a {@link Renewal} runs, one after the other. */
interface Lives {

  /**
   * Starts the server.
   *
   * @param before what was decided while there was none
   * @throws dev.overseer.model.Unavailable when storage refuses
   */
  Overseer begin(Optional<Interim> before);

  /** What must have made storage refuse, as far as can be found now. */
  DiskTrouble trouble(String refusal);

  /** What is done until the server can be started again. */
  Interim interim(DiskTrouble trouble);

  /** Whether there is something stored to go on with, so that waiting for it makes sense. */
  boolean canGoOn();

  /** Those of this configuration. */
  record Configured(Configuration configuration, LoadedChecks checks) implements Lives {

    @Override
    public Overseer begin(Optional<Interim> before) {
      return Overseer.start(configuration, checks, before, SteadyClock.ofSystem());
    }

    @Override
    public DiskTrouble trouble(String refusal) {
      Path index = new DataDirectory(configuration.dataDirectory()).index();
      return IndexDirectory.isDamaged(index)
          ? new DiskTrouble(IncidentKind.UNDECODABLE, index, Troubles.indexText(refusal))
          : Interim.disks(configuration).cause(refusal);
    }

    @Override
    public Interim interim(DiskTrouble trouble) {
      return new Interim(configuration, checks, trouble);
    }

    @Override
    public boolean canGoOn() {
      return new DataDirectory(configuration.dataDirectory()).holdsLog();
    }
  }
}
