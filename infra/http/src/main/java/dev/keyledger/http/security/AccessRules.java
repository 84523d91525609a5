package dev.keyledger.http.security;

import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPatternParser;

/** Which scope each path of a service needs; the first rule that fits counts, no rule means 404. */
public record AccessRules(List<Rule> rules) {
  public AccessRules {
    rules = List.copyOf(rules);
  }

  /** Rules in the order in which they are tried. */
  public static AccessRules of(Rule... rules) {
    return new AccessRules(List.of(rules));
  }

  /** Of which scopes a path needs one; none if it takes no token, or nothing is there. */
  public List<Scope> scopesOf(String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    return rules.stream()
        .filter(rule -> PathPatternParser.defaultInstance.parse(rule.pattern()).matches(parsed))
        .findFirst()
        .map(Rule::scopes)
        .orElse(List.of());
  }

  /**
   * One path, or all below it.
   *
   * @param pattern a path pattern of Spring's, as in {@code /v1/keys/**}
   * @param scopes of which the token must have one; none for paths that take no token
   */
  public record Rule(String pattern, List<Scope> scopes) {
    public Rule {
      scopes = List.copyOf(scopes);
    }

    public Rule(String pattern, Scope scope) {
      this(pattern, List.of(scope));
    }

    /** A path that anybody may call. */
    public static Rule open(String pattern) {
      return new Rule(pattern, List.of());
    }
  }
}
