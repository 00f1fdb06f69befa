package io.ringfence.margin.risk;

import io.ringfence.margin.InvalidFigureException;
import java.util.Comparator;
import java.util.List;

/**
 * One who trades, by whatever number of accounts. They default together, but none of them pays for another.
 *
 * @param accounts at least one, kept by name
 */
public record Member(String name, List<Account> accounts) {

  /** Sorts, so that the order given cannot show in a sum. */
  public Member {
    name = Admitted.name("name of a member", name);
    accounts = accounts.stream().sorted(Comparator.comparing(Account::name)).toList();
    if (accounts.isEmpty()) {
      throw new InvalidFigureException("accounts of " + name, "are none; give at least one");
    }
  }

  /** The members by name; refuses a name that two members or two accounts share. */
  public static List<Member> sorted(List<Member> members) {
    Account.requireDistinct("member", members.stream().map(Member::name).toList());
    Account.requireDistinct("account",
        members.stream().flatMap(member -> member.accounts().stream()).map(Account::name).toList());
    return members.stream().sorted(Comparator.comparing(Member::name)).toList();
  }
}
