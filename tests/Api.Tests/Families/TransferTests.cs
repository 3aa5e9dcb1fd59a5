using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Grains;
using Zvonok.Grains.Caretaking;
using Zvonok.Office.V1;

namespace Zvonok.Api.Tests.Families;

[Collection(nameof(World))]
[Trait("Rule", "M11")]
public sealed class TransferTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Money_goes_from_child_to_child_once_and_both_ledgers_tell_of_it()
    {
        var (child, sister) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil());
        var request = Given.Transfer(_server.NewId(), child, sister, 20_000, Purse.Transport);

        var answer = await _server.Families.TransferAsync(request);

        answer.Granted.ShouldSatisfyAllConditions(
            granted => granted.EntryNumber.ShouldBe(2),
            granted => granted.MealBalanceKopecks.ShouldBe(30_000));
        (await _server.Families.TransferAsync(request)).ShouldBe(answer);
        (await Newest(child)).ShouldSatisfyAllConditions(
            entry => (entry.Kind, entry.AmountKopecks, entry.ContraAccount).ShouldBe((EntryKind.TransferOut, -20_000, "transit")),
            entry => entry.CounterpartAccountNumber.ShouldBe(sister.Number));
        (await Newest(sister)).ShouldSatisfyAllConditions(
            entry => (entry.Kind, entry.AmountKopecks, entry.Purse, entry.EntryNumber).ShouldBe((EntryKind.TransferIn, 20_000, Purse.Transport, 1)),
            entry => entry.CounterpartAccountNumber.ShouldBe(child.Number));
        (await _server.Office.ListOpenTransfersAsync(new ListOpenTransfersRequest())).Transfers.ShouldNotContain(open => open.AccountNumber == child.Number);
    }

    [Fact]
    public async Task Without_an_amount_the_whole_purse_goes_and_the_next_time_there_is_nothing()
    {
        var child = await _server.NewPupil(meal: 50_000);

        (await _server.Families.TransferAsync(Given.Transfer(_server.NewId(), child, child, null, Purse.Transport))).Granted.ShouldSatisfyAllConditions(
            granted => granted.MealBalanceKopecks.ShouldBe(0), granted => granted.TransportBalanceKopecks.ShouldBe(50_000), granted => granted.EntryNumber.ShouldBe(3));
        (await Refused(Given.Transfer(_server.NewId(), child, child, null, Purse.Transport))).ShouldBe(RefusalReason.InsufficientFunds);
    }

    [Fact]
    public async Task What_cannot_arrive_is_back_when_the_refusal_comes()
    {
        var (child, sister) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil(meal: 10_000_000));

        (await Refused(Given.Transfer(_server.NewId(), child, sister, 1))).ShouldBe(RefusalReason.TransferDeclined);
        (await Refused(Given.Transfer(_server.NewId(), child, new Pupil(_server.NewNumber()), 1))).ShouldBe(RefusalReason.ReceiverUnknown);
        (await Refused(Given.Transfer(_server.NewId(), new Pupil(_server.NewNumber()), child, 1))).ShouldBe(RefusalReason.AccountUnknown);

        (await _server.Get(child)).MealBalanceKopecks.ShouldBe(50_000);
        (await Newest(child)).ShouldSatisfyAllConditions(
            entry => (entry.Kind, entry.AmountKopecks, entry.ReversedEntryNumber).ShouldBe((EntryKind.TransferReturn, 1, 2)));
        (await Newest(sister)).Kind.ShouldBe(EntryKind.TransferDeclined);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_operation_used_again_for_another_transfer_already_exists()
    {
        var (child, sister) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil());
        var request = Given.Transfer(_server.NewId(), child, sister, 1);
        await _server.Families.TransferAsync(request);
        request.AmountKopecks++;

        FaultOf.FieldOf(await FaultOf.Call(async () => await _server.Families.TransferAsync(request), StatusCode.AlreadyExists)).Field.ShouldBe("operation_id");
    }

    [Fact]
    public async Task What_is_on_its_way_can_be_seen_by_operators_and_is_finished_by_itself()
    {
        var (child, sister) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil());
        var transfer = new Domain.Accounts.Transfer
        {
            Operation = Domain.Operations.OperationId.Create(_server.Clock.GetCurrentInstant(), new Random(1)),
            From = Domain.Accounts.Purse.Meal,
            To = Domain.Accounts.AccountNumber.From(sister.Number),
            ToPurse = Domain.Accounts.Purse.Meal,
        };
        await _server.Services.GetRequiredService<GrainLookup>().Account(Domain.Accounts.AccountNumber.From(child.Number)).Transfer(transfer);

        var open = await _server.Office.ListOpenTransfersAsync(new ListOpenTransfersRequest { PageSize = 200 });

        open.TotalCount.ShouldBeGreaterThanOrEqualTo(1);
        open.Transfers.ShouldContain(one => one.AccountNumber == child.Number && one.EntryNumber == 2 && one.ToAccountNumber == sister.Number && one.ToPurse == Purse.Meal && one.AmountKopecks == 50_000 && one.LeaveTime != null);
        // A day later nobody drives it any longer, and the caretaker looks.
        _server.Clock.PutForward(days: 1);
        foreach (var chore in _server.Services.GetServices<IChore>()) await chore.Do(CancellationToken.None);
        (await _server.Get(sister)).MealBalanceKopecks.ShouldBe(50_000);
    }

    private async Task<RefusalReason> Refused(TransferRequest request) => (await _server.Families.TransferAsync(request)).Refused.ShouldNotBeNull().Reason;

    private async Task<Entry> Newest(Pupil pupil) => (await _server.Entries(pupil))[0];
}
