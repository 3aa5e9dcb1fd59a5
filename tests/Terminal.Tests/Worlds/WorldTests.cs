using Xunit.Abstractions;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>They take all processors, and devices that wait for an answer would wait for one: so they have the machine to themselves.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneOnTheMachine
{
    public const string Name = "alone on the machine";
}

/// <summary>Ten thousand worlds: whatever becomes of cables, cores, clocks and programs, afterwards the books say what has happened.</summary>
[Collection(AloneOnTheMachine.Name)]
[Trait("Rule", "M10")]
[Trait("Rule", "O2")]
[Trait("Rule", "O3")]
public sealed class WorldTests(ITestOutputHelper output)
{
    private const int WorldsMax = 10_000;
    private const int Orders = 2;
    private const string Overdrawn = "a purse below zero";
    private const string RiddenUnpaid = "a ride beyond the transport purse";
    private const string SecondMeal = "a meal that nobody pays";
    private const string TakenBack = "a sale that the till did not believe in";
    private const string Corrected = "a gate that did otherwise than the core had decided";
    private const string FromAhead = "a passage by a clock that was ahead";
    private const string SomebodyInside = "somebody inside at the end";
    private const string TwoDays = "a midnight";
    private static readonly string[] Rich = [Overdrawn, RiddenUnpaid, SecondMeal, TakenBack, Corrected, FromAhead, SomebodyInside, TwoDays];

    [Fact]
    public void In_every_world_the_books_say_what_has_happened_in_whatever_order_it_is_told()
    {
        var first = Environment.GetEnvironmentVariable("ZVONOK_WORLD") is { Length: > 0 } one ? int.Parse(one, System.Globalization.CultureInfo.InvariantCulture) : (int)(SystemClock.Instance.GetCurrentInstant().ToUnixTimeSeconds() % (int.MaxValue - WorldsMax));
        output.WriteLine($"Worlds {first} to {first + WorldsMax - 1}; ZVONOK_WORLD={first} begins with the same.");
        var richness = new System.Collections.Concurrent.ConcurrentDictionary<string, int>();
        Parallel.For(first, first + WorldsMax, seed =>
        {
            try
            {
                foreach (var what in Check(seed)) richness.AddOrUpdate(what, 1, (_, count) => count + 1);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"World {seed}: {exception.Message}", exception);
            }
        });

        // Worlds in which nothing goes wrong would prove nothing.
        foreach (var (what, count) in richness.OrderBy(one => one.Key)) output.WriteLine($"{what} in {count} worlds");
        foreach (var what in Rich) richness.GetValueOrDefault(what).ShouldBeGreaterThan(WorldsMax / 1_000, what);
    }

    private static IEnumerable<string> Check(int seed)
    {
        var world = new World(seed);
        world.Play();
        var (core, notebook) = (world.Core, world.Notebook);

        notebook.Wronged.ShouldBeEmpty();
        notebook.Owed.ShouldAllBe(operation => core.Knows(operation), "no fact is lost");
        Inside(core).ShouldBe(notebook.Inside());
        foreach (var child in world.School.Children)
        {
            var (ledger, spent) = (core.Of(child), notebook.Spent.GetValueOrDefault(child));
            var (meal, transport) = (child.AtFirst.Meal - spent.Total, child.AtFirst.Transport - spent.Rides);
            (ledger.Account.Meal, ledger.Account.Transport).ShouldBe((meal, transport), $"the purses of {child.Account}");
            meal.ShouldBeGreaterThanOrEqualTo(-world.OverspendMax, $"the meal purse of {child.Account}");
            transport.ShouldBeGreaterThanOrEqualTo(-world.OverriddenMax, $"the transport purse of {child.Account}");
            ShouldBeClaimedOnce(core, child);
        }

        for (var order = 0; order < Orders; order++)
        {
            var other = world.InAnotherOrder(unchecked(seed * 31 + order));
            Inside(other).ShouldBe(notebook.Inside());
            foreach (var child in world.School.Children)
            {
                (other.Of(child).Account.Meal, other.Of(child).Account.Transport).ShouldBe((core.Of(child).Account.Meal, core.Of(child).Account.Transport), $"the purses of {child.Account} in another order");
                ShouldBeClaimedOnce(other, child);
            }
        }

        return Seen(world);
    }

    private static IEnumerable<string> Seen(World world)
    {
        var entries = world.School.Children.SelectMany(child => world.Core.Of(child).Entries).ToList();
        if (entries.Any(entry => entry.MealAfter < Money.Zero)) yield return Overdrawn;
        if (entries.Any(entry => entry.TransportAfter < Money.Zero)) yield return RiddenUnpaid;
        if (entries.Any(entry => entry.Kind == EntryKind.HandedOut)) yield return SecondMeal;
        if (entries.Any(entry => entry.Kind == EntryKind.Reversal)) yield return TakenBack;
        if (world.Core.Passages.Any(passage => passage.Kind == PassageKind.NotPassed)) yield return Corrected;
        if (world.Core.Passages.Any(passage => passage.EventAt > passage.RecordedAt)) yield return FromAhead;
        if (world.Core.Building.Presence.Count > 0) yield return SomebodyInside;
        if (world.Days == 2) yield return TwoDays;
    }

    private static string Inside(Core core) => string.Join(',', core.Building.Presence.Inside.Select(person => $"{person.Key} since {person.Value}"));

    private static void ShouldBeClaimedOnce(Core core, Child child) => core.Of(child).Entries
        .Where(entry => entry.Kind == EntryKind.Redemption && !core.Of(child).Entries.Any(other => other.ReversedSeq == entry.Seq))
        .GroupBy(entry => (entry.LimitDay, entry.Meal)).ShouldAllBe(claims => claims.Count() == 1, $"claims of {child.Account}");
}
