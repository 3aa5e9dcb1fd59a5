using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Tests.Model.Naive;

namespace Zvonok.Grains.Tests.Model;

/// <summary>
/// The life of a family: one operation after the other, each held against the naive family before the next. Families play at the same time, and share nothing but the
/// cluster, its clock and the schools.
/// </summary>
internal sealed partial class FamilyRun(TestCluster cluster, NaiveFamily family, Draw draw, Tally tally)
{
    private const long NobodysLimit = 7_777_777;

    private readonly List<Said> _said = [];
    private readonly List<(NaiveAccount Child, object What)> _story = [];

    // Something has broken at these since they were last deactivated. An account that leaves the memory may still answer meanwhile: what it remembers of refusals is not known.
    private readonly HashSet<NaiveAccount> _doubtful = [];

    public NaiveFamily Family => family;

    /// <summary>Plays so many operations while the clock stands.</summary>
    public async Task Play(int operations)
    {
        var now = cluster.Clock.GetCurrentInstant();
        try
        {
            for (var played = 0; played < operations; played++)
            {
                var child = draw.Child();
                if (draw.Chance(_doubtful.Contains(child) ? 15 : 3)) await Deactivate(child);
                if (family.OnItsWay is not null && draw.Chance(15)) await DriveOn(now);
                else if (_said.Count > 0 && draw.Chance(12)) await Repeat(draw.Recent(_said), now);
                else if (_said.Count > 0 && draw.Chance(3)) await Reuse(draw.Recent(_said), now);
                else if (family.OnItsWay is null && draw.Chance(1)) await LeaveHalfDone(child, now);
                else await Do(child, now);
            }
        }
        catch (Exception exception)
        {
            var story = _story.TakeLast(12).Select(told => $"{told.Child.Number} in {told.Child.Zone}: {(told.What is AccountCommand command ? Words.Of(command) : told.What)}");
            throw new DisagreementException($"{exception.Message}\n\nThe last that happened to this family, at {now}:\n{string.Join('\n', story)}\n\n{exception.StackTrace}");
        }
    }

    /// <summary>Something breaks at an account: what it remembers of refusals is not known until it is deactivated.</summary>
    public void Doubt(NaiveAccount child) => _doubtful.Add(child);

    /// <summary>What was on its way when the clock went on has been driven on by the caretaker.</summary>
    public void HasArrived(Instant now)
    {
        if (family.OnItsWay is not { } way) return;
        Count("transfer finished", Keep(way.From, way.Transfer, CardRefusal.None, family.Arrive(now)));
    }

    private async Task Do(NaiveAccount child, Instant now)
    {
        var (command, card) = (draw.Command(child, now), draw.Card());
        if (command is not (Purchase or Ride or OrderRedemption)) card = CardRefusal.None;
        await Do(child, command, card, now, Words.Of(command.GetType()));
    }

    private async Task Do(NaiveAccount child, AccountCommand command, CardRefusal card, Instant now, string kind)
    {
        Tell(child, command);
        var expected = family.Do(child, command, card, now);
        if (expected.ReusedField is { } field)
        {
            await IsReused(child, command, card, field);
            Count(kind, expected);
            return;
        }

        if (expected.Facts > 0 && draw.Chance(5) && await Accident(child, command, card, expected)) kind = "answer lost, not asked again";
        else await Ask(child, command, card, expected);
        Count(kind, Keep(child, command, card, expected));
    }

    // A client repeats what has no answer; and a device may do so with its clock set right meanwhile.
    private async Task Repeat(Said said, Instant now)
    {
        var (child, command, card, expected) = said;
        if (!said.IsForEver && _doubtful.Contains(child)) return;
        if (!said.IsForEver && !child.Remembers(command.Operation))
        {
            // Forgotten: it is as if it were asked for the first time.
            _said.Remove(said);
            await Do(child, command, card, now, "repeat of a forgotten refusal");
            return;
        }

        command = draw.Chance(30) ? command with { EventTime = draw.EventTime(child, now) } : command;
        Tell(child, command);
        Same(await UntilAnswered(child, command, card), expected.Answer);
        Count("repeat", expected);
    }

    private async Task Reuse(Said said, Instant now)
    {
        var child = said.Child;
        if (!said.IsForEver && (_doubtful.Contains(child) || !child.Remembers(said.Command.Operation))) return;
        // A payment that was known already is answered, and its operation leaves nothing.
        if (said.Expected is { IsRefused: false, Facts: 0 }) return;
        var command = new LimitChange { Operation = said.Command.Operation, EventTime = draw.EventTime(child, now), Limit = new Money(NobodysLimit) };
        Tell(child, command);
        await IsReused(child, command, CardRefusal.None, "operation_id");
        tally.Operation("operation id used again", "error: operation_id");
    }

    /// <summary>Whoever drove it has died after its first step.</summary>
    private async Task LeaveHalfDone(NaiveAccount from, Instant now)
    {
        var to = draw.Child();
        if (to == from) return;
        var transfer = draw.Transfer(from, to.Number, now);
        Tell(from, transfer);
        var expected = family.Leave(from, transfer, now);
        Same(await Tries(() => cluster.Account(from.Number).Transfer(transfer)), expected.Answer);
        if (expected.IsRefused) Keep(from, transfer, CardRefusal.None, expected);
        Count("transfer left half done", expected);
    }

    /// <summary>The client of one that was left half done asks again.</summary>
    private async Task DriveOn(Instant now)
    {
        var (from, transfer, _) = family.OnItsWay!.Value;
        Tell(from, transfer);
        var expected = family.Arrive(now);
        Same(await UntilAnswered(from, transfer, CardRefusal.None), expected.Answer);
        Count("transfer driven on", Keep(from, transfer, CardRefusal.None, expected));
    }

    private NaiveAnswer Keep(NaiveAccount child, AccountCommand command, CardRefusal card, NaiveAnswer expected)
    {
        _said.Add(new Said(child, command, card, expected));
        return expected;
    }

    private void Count(string kind, NaiveAnswer expected) =>
        tally.Operation(kind, expected.ReusedField is { } field ? $"error: {field}" : expected.IsRefused ? $"refused: {expected.Answer.Refusal}" : "granted");

    private void Tell(NaiveAccount child, object what) => _story.Add((child, what));

    /// <summary>What was said to a command.</summary>
    private sealed record Said(NaiveAccount Child, AccountCommand Command, CardRefusal Card, NaiveAnswer Expected)
    {
        /// <summary>Entries are known for ever, refusals while the account is awake.</summary>
        public bool IsForEver => Expected.Facts > 0;
    }
}
