using Zvonok.Processes;

namespace Zvonok.Deploy.Tests.Documents;

/// <summary>
/// The page of rules names the tests of each, and no rule is without. <c>ZVONOK_WRITE_PAGES=1</c> in the environment writes the column of tests anew instead.
/// </summary>
public sealed class RulesPageTests
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "RULES.md");

    [Fact]
    public void Every_rule_names_its_tests_and_every_test_of_a_rule_is_named()
    {
        var tests = TestedRules.Find();
        var asIs = File.ReadAllLines(Page);
        string[] asItShouldBe = [.. asIs.Select(line => RuleRow.Parse(line)?.With(tests) ?? line)];
        if (Environment.GetEnvironmentVariable("ZVONOK_WRITE_PAGES") is not null) File.WriteAllLines(Page, asItShouldBe);

        File.ReadAllLines(Page).ShouldBe(asItShouldBe, "The tests have changed: ZVONOK_WRITE_PAGES=1 dotnet test tests/Deploy.Tests -c Release --filter RulesPage");
    }

    [Fact]
    public void No_rule_is_without_a_test_and_no_test_of_a_rule_that_the_page_does_not_have()
    {
        var rules = File.ReadAllLines(Page).Select(RuleRow.Parse).OfType<RuleRow>().Select(row => row.Rule).ToList();
        var tested = TestedRules.Find().Select(test => test.Rule).Distinct().ToList();

        rules.ShouldBeUnique();
        rules.Except(tested).ShouldBeEmpty();
        tested.Except(rules).ShouldBeEmpty();
    }

    [Fact]
    public void A_row_without_tests_is_seen() =>
        RuleRow.Parse("| M1 | A sale is all or nothing. | stale |")!.With([]).ShouldBe("| M1 | A sale is all or nothing. | **none** |");
}
