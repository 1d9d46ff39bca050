package dev.overseer.server.configuration;

import dev.overseer.model.ViewDefinition.Direction;
import dev.overseer.server.configuration.Field.Given;
import dev.overseer.server.configuration.OverseerFile.JoinDirection;
import dev.overseer.server.configuration.OverseerFile.JoinFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds who holds the reference that a join follows: the member or its parent. */
final class JoinDirections {
  private final Models models;
  private final Mistakes mistakes;

  /** One reference between the two models of a join. */
  private record Link(
      String holder, String reference, String target, boolean isSeveral, Direction direction) {
    @Override
    public String toString() {
      return "%s (of %s to %s)".formatted(reference, holder, target);
    }
  }

  JoinDirections(Models models, Mistakes mistakes) {
    this.models = models;
    this.mistakes = mistakes;
  }

  /** Empty, and a mistake, unless exactly one reference of that name joins the two models. */
  Optional<Direction> of(JoinFile join, Given<String> by, String member, String parent) {
    List<Link> links = new ArrayList<>();
    links.addAll(links(member, parent, Direction.MEMBER_TO_PARENT));
    links.addAll(links(parent, member, Direction.PARENT_TO_MEMBER));
    List<Link> called = links.stream().filter(link -> link.reference().equals(by.value())).toList();
    List<Link> named =
        called.stream()
            .filter(link -> chosen(join).filter(it -> it != link.direction()).isEmpty())
            .toList();
    if (named.size() == 1) {
      refuseSeveralAsOne(join, by, named.getFirst());
      return Optional.of(named.getFirst().direction());
    }
    if (named.isEmpty() && !called.isEmpty()) {
      reportOtherWay(join, called.getFirst());
    } else if (named.isEmpty()) {
      reportNone(by, member, parent, links);
    } else {
      mistakes.add(
          by.place(),
          "the join is ambiguous: '%s' is a reference of the member ('%s') and one of the parent ('%s')"
              .formatted(by.value(), member, parent),
          "beside it, 'direction: member-to-parent' for the first, or 'direction: parent-to-member'"
              + " for the second");
    }
    return Optional.empty();
  }

  private void refuseSeveralAsOne(JoinFile join, Given<String> by, Link link) {
    if (link.isSeveral()
        && link.direction() == Direction.PARENT_TO_MEMBER
        && !join.many().orElse(false)) {
      mistakes.add(
          by.place(),
          "one '%s' refers to several by '%s', which is within an array"
              .formatted(link.holder(), by.value()),
          "many: true");
    }
  }

  private void reportOtherWay(JoinFile join, Link only) {
    mistakes.add(
        Place.of(join.direction()),
        "there is no such reference in this direction, only " + only,
        switch (only.direction()) {
          case MEMBER_TO_PARENT -> "member-to-parent";
          case PARENT_TO_MEMBER -> "parent-to-member";
        });
  }

  private List<Link> links(String holder, String target, Direction direction) {
    return models.references(holder).stream()
        .filter(reference -> reference.target().filter(target::equals).isPresent())
        .map(
            reference ->
                new Link(holder, reference.name(), target, reference.isSeveral(), direction))
        .toList();
  }

  private void reportNone(Given<String> by, String member, String parent, List<Link> links) {
    if (isReportedAlready(by.value(), member) || isReportedAlready(by.value(), parent)) {
      return;
    }
    String expected =
        links.isEmpty()
            ? "a reference to '%s' under models.%s.references, or to '%s' under models.%s.references"
                .formatted(parent, member, member, parent)
            : "one of " + String.join(", ", links.stream().map(Link::toString).toList());
    mistakes.add(
        by.place(),
        "no reference '%s' joins '%s' and '%s'%s"
            .formatted(by.value(), member, parent, elsewhere(by.value(), member, parent)),
        expected,
        Nearest.to(by.value(), links.stream().map(Link::reference).toList()));
  }

  /** A reference of that name whose target does not exist. */
  private boolean isReportedAlready(String by, String model) {
    return models.references(model).stream()
        .anyMatch(reference -> reference.name().equals(by) && reference.target().isEmpty());
  }

  private String elsewhere(String by, String member, String parent) {
    return List.of(member, parent).stream()
        .flatMap(
            model ->
                models.references(model).stream()
                    .filter(reference -> reference.name().equals(by))
                    .flatMap(reference -> reference.target().stream())
                    .map(target -> "; that of '%s' is to '%s'".formatted(model, target)))
        .findFirst()
        .orElse("");
  }

  private static Optional<Direction> chosen(JoinFile join) {
    return join.direction()
        .find()
        .map(
            direction ->
                switch (direction) {
                  case JoinDirection.MEMBER_TO_PARENT -> Direction.MEMBER_TO_PARENT;
                  case JoinDirection.PARENT_TO_MEMBER -> Direction.PARENT_TO_MEMBER;
                });
  }
}
