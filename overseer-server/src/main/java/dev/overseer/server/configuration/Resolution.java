package dev.overseer.server.configuration;

import dev.overseer.model.Definitions;
import dev.overseer.model.ModelDefinition;
import dev.overseer.model.ViewDefinition;
import dev.overseer.server.canary.CanaryDefinitions;
import dev.overseer.server.configuration.OverseerFile.CanaryFile;
import dev.overseer.server.protobuf.OwnTypes;
import dev.overseer.views.ViewLimits;
import java.nio.file.Path;
import java.util.List;

/**
 * From the file's shape to what it means. Goes through all of it, whatever is wrong; when there
 * were mistakes the result means nothing and is dropped.
 */
final class Resolution {
  private final OverseerFile file;
  private final Path directory;
  private final Mistakes mistakes;

  Resolution(OverseerFile file, Path directory, Mistakes mistakes) {
    this.file = file;
    this.directory = directory;
    this.mistakes = mistakes;
  }

  Configuration configuration() {
    ServerSettings server = new ServerSettings(directory, mistakes);
    var sources = file.sources().orElse(Entries.none());
    List.of(file.sources(), file.models(), file.views()).forEach(this::refuseTheCanarysName);
    var models = new Models(file.models().orElse(Entries.none()), sources, mistakes);
    var views = new Views(file.views().orElse(Entries.none()), models, mistakes);
    var resolvedModels = models.definitions();
    var resolvedViews = views.definitions();
    PersonalDataSettings secrets =
        file.personalData().find().map(server::personalData).orElseGet(PersonalDataSettings::none);
    StorageSettings storage =
        file.storage()
            .find()
            .map(new StorageParts(directory, mistakes)::settings)
            .orElseGet(StorageSettings::defaults);
    return new Configuration(
        file.dataDirectory()
            .find()
            .map(directory::resolve)
            .orElse(Configuration.DATA_DIRECTORY_DEFAULT),
        file.http().find().map(server::http).orElseGet(HttpSettings::defaults),
        file.checks().find().map(server::checks).orElseGet(CheckSettings::defaults),
        file.escalation().find().map(server::escalation).orElseGet(EscalationSettings::toTheLog),
        server.canary(file.canary().find().map(CanaryFile::every)),
        storage,
        secrets,
        file.limits().find().map(server::limits).orElse(ViewLimits.DEFAULT),
        file.protobuf()
            .find()
            .map(new OwnTypeParts(directory, resolvedViews, models.names(), mistakes)::messages)
            .orElse(OwnTypes.NONE),
        new Sources(directory, secrets, mistakes).settings(sources, models),
        definitions(resolvedModels, resolvedViews));
  }

  private void refuseTheCanarysName(Field<? extends Entries<?>> named) {
    for (Entries.Entry<?> entry : named.find().map(Entries::list).orElse(List.of())) {
      if (entry.name().equals(CanaryDefinitions.NAME)) {
        mistakes.add(
            entry.place(),
            "the name '%s' is that of Overseer's own canary".formatted(entry.name()),
            "another name");
      }
    }
  }

  private Definitions definitions(List<ModelDefinition> models, List<ViewDefinition> views) {
    return mistakes.isEmpty()
        ? new Definitions(models, views)
        : new Definitions(List.of(), List.of());
  }
}
