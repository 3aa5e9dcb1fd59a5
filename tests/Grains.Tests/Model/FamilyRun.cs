using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Tests.Model.Naive;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests.Model;

/// <summary>
/// The life of a family: one operation after the other, each held against the naive family before the next. Families play at the same time, and share nothing but the
/// cluster, its clock and the schools.
/// </summary>
internal sealed class FamilyRun(TestCluster cluster, NaiveFamily family, Draw draw, Tally tally)
{
    private const long NobodysLimit = 7_777_777;

    // As the journal's script names them.
    private static readonly string[] Accidents = ["fails", "is overloaded", "loses its answer", "belongs to another"];

    private readonly List<Said> _said = [];
    // Something has broken at these since they were last deactivated. An account that leaves the memory may still answer meanwhile: what it remembers of refusals is not known.
    private readonly HashSet<NaiveAccount> _doubtful = [];
    private readonly List<(NaiveAccount Child, AccountCommand Command)> _story = [];

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
            var story = _story.TakeLast(12).Select(told => $"{told.Child.Number} in {told.Child.Zone}: {Words.Of(told.Command)}");
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

    // An impatient client asks again before it has its answer.
    private async Task Ask(NaiveAccount child, AccountCommand command, CardRefusal card, NaiveAnswer expected)
    {
        var isImpatient = draw.Chance(5);
        var answers = await Task.WhenAll(Enumerable.Range(0, isImpatient ? 3 : 1).Select(_ => UntilAnswered(child, command, card)));
        foreach (var answer in answers) Same(answer, expected.Answer);
        if (isImpatient) tally.Event("asked three times at once");
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

    private async Task IsReused(NaiveAccount child, AccountCommand command, CardRefusal card, string field)
    {
        var error = await Should.ThrowAsync<OperationReusedException>(() => UntilAnswered(child, command, card));
        error.Field.ShouldBe(field);
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

    private async Task Deactivate(NaiveAccount child)
    {
        await cluster.Deactivate(cluster.Account(child.Number));
        child.Forget();
        _doubtful.Remove(child);
        tally.Event("deactivation");
    }

    /// <summary>Breaks one of the steps of what is about to be granted; true when the client leaves it at that for now.</summary>
    private async Task<bool> Accident(NaiveAccount child, AccountCommand command, CardRefusal card, NaiveAnswer expected)
    {
        // Of a transfer, any of its steps.
        var isElsewhere = command is Transfer transfer && transfer.To != child.Number;
        var hasComeBack = isElsewhere && expected.IsRefused;
        var victim = isElsewhere && draw.Chance(50) ? family.Children.Single(one => one.Number == ((Transfer)command).To) : child;
        var script = cluster.Script.Of(victim.Number);
        if (hasComeBack && victim == child && draw.Chance(50)) script.PassNext();
        var accident = draw.OneOf(Accidents);
        script.Play(accident);
        tally.Event(accident);

        try
        {
            await Send(child, command, card);
        }
        catch (Exception exception) when (exception is JournalUnavailableException or JournalOverloadedException or StaleActivationException)
        {
            Doubt(victim);
            return accident == "loses its answer" && !isElsewhere && draw.Chance(50);
        }

        throw new DisagreementException($"An append of {victim.Number} {accident}, and nobody is told.");
    }

    private async Task<AccountAnswer> UntilAnswered(NaiveAccount child, AccountCommand command, CardRefusal card) => await Tries(() => Send(child, command, card));

    // On a busy machine an answer may be late. What was asked is repeated as by any client; what the accounts remember of refusals is not known then.
    private async Task<AccountAnswer> Tries(Func<ValueTask<AccountAnswer>> send)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await send();
            }
            catch (Exception exception) when (exception is JournalUnavailableException or StaleActivationException && tries < 20)
            {
                _doubtful.UnionWith(family.Children);
                tally.Event("asked again");
            }
        }
    }

    private ValueTask<AccountAnswer> Send(NaiveAccount child, AccountCommand command, CardRefusal card)
    {
        var account = cluster.Account(child.Number);
        return command switch
        {
            Sale sale => account.Sell(sale, card),
            Redemption redemption => account.Redeem(redemption, card),
            Ride ride => account.Ride(ride, card),
            Reversal reversal => account.Reverse(reversal),
            TopUp topUp => account.TopUp(topUp),
            ProfileChange change => account.Change(change),
            FeeCharge fee => account.Charge(fee),
            OrderChange change => account.ChangeOrders(change),
            OrderRedemption redemption => account.RedeemOrder(redemption, card),
            Closing closing => account.Close(closing),
            Transfer transfer => new(cluster.Part<TransferDriver>().Transfer(child.Number, transfer)),
            _ => throw new InvalidOperationException($"Nothing is known of {command}."),
        };
    }

    private void Same(AccountAnswer answer, AccountAnswer expected)
    {
        if (answer != expected) throw new DisagreementException($"The account answers {answer}\nand ought to say {expected}");
    }

    private NaiveAnswer Keep(NaiveAccount child, AccountCommand command, CardRefusal card, NaiveAnswer expected)
    {
        _said.Add(new Said(child, command, card, expected));
        return expected;
    }

    private void Count(string kind, NaiveAnswer expected) =>
        tally.Operation(kind, expected.ReusedField is { } field ? $"error: {field}" : expected.IsRefused ? $"refused: {expected.Answer.Refusal}" : "granted");

    private void Tell(NaiveAccount child, AccountCommand command) => _story.Add((child, command));

    /// <summary>What was said to a command.</summary>
    private sealed record Said(NaiveAccount Child, AccountCommand Command, CardRefusal Card, NaiveAnswer Expected)
    {
        /// <summary>Entries are known for ever, refusals while the account is awake.</summary>
        public bool IsForEver => Expected.Facts > 0;
    }
}
