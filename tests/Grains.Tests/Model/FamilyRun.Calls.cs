using Zvonok.Grains.Tests.Clusters;
using Zvonok.Grains.Tests.Model.Naive;
using Zvonok.Grains.Transfers;

namespace Zvonok.Grains.Tests.Model;

// How the real accounts are called, and what breaks meanwhile.
internal sealed partial class FamilyRun
{
    // As the journal's script names them.
    private static readonly string[] Accidents = ["fails", "is overloaded", "loses its answer", "belongs to another"];

    // An impatient client asks again before it has its answer.
    private async Task Ask(NaiveAccount child, AccountCommand command, CardRefusal card, NaiveAnswer expected)
    {
        var isImpatient = draw.Chance(5);
        var answers = await Task.WhenAll(Enumerable.Range(0, isImpatient ? 3 : 1).Select(_ => UntilAnswered(child, command, card)));
        foreach (var answer in answers) Same(answer, expected.Answer);
        if (isImpatient) tally.Event("asked three times at once");
    }

    private async Task IsReused(NaiveAccount child, AccountCommand command, CardRefusal card, string field)
    {
        var error = await Should.ThrowAsync<OperationReusedException>(() => UntilAnswered(child, command, card));
        error.Field.ShouldBe(field);
    }

    private async Task Deactivate(NaiveAccount child)
    {
        await cluster.Deactivate(cluster.Account(child.Number));
        Tell(child, "is deactivated");
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
        Tell(victim, $"an append {accident}");
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
                // An impatient client may be told so more than once at a time.
                lock (_doubtful)
                {
                    _doubtful.UnionWith(family.Children);
                    tally.Event("asked again");
                }
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
}
