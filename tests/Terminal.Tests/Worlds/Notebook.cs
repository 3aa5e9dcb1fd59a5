using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Operations;

namespace Zvonok.Terminals.Tests.Worlds;

/// <summary>What has really happened in a world: who passed, who ate, and all that was ever on its way to the core. It is right by definition.</summary>
internal sealed class Notebook
{
    /// <summary>Everything that may come to a core, in any order: facts, and calls whose answers were lost.</summary>
    public List<Action<Core, Instant>> Told { get; } = [];

    /// <summary>Operations that have to be in the core at the end.</summary>
    public List<OperationId> Owed { get; } = [];

    /// <summary>Money that children have spent from their purses.</summary>
    public Dictionary<Child, DaySpending> Spent { get; } = [];

    /// <summary>What went through gates, in the order of events.</summary>
    public Dictionary<OperationId, (Child Child, Direction Direction, Instant At)> Passed { get; } = [];

    /// <summary>Whoever was refused by a device alone, that the core would have let through.</summary>
    public List<string> Wronged { get; } = [];

    public void Paid(Child child, DaySpending price) => Spent[child] = Spent.GetValueOrDefault(child) + price;

    /// <summary>Who is inside, by the last that each did by the time of the event.</summary>
    public string Inside() => string.Join(',', Passed.GroupBy(one => one.Value.Child)
        .Select(all => (Child: all.Key, Last: all.MaxBy(one => (one.Value.At, one.Key)).Value))
        .Where(one => one.Last.Direction == Direction.In).OrderBy(one => one.Child.Account).Select(one => $"{one.Child.Account} since {one.Last.At}"));
}
