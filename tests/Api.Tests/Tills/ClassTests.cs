using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Family.V1;
using Zvonok.Registry.V1;
using Zvonok.Till.V1;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>A teacher settles a class's lunch from a list.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M7")]
public sealed class ClassTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Each_child_has_its_own_answer_and_one_that_is_refused_stops_nobody()
    {
        var teacher = await _server.NewEmployee();
        var (rich, poor, entitled, unknown) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil(), await _server.NewPupil(), new Pupil(_server.NewNumber()));
        await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), entitled));
        var request = Given.Class(_server.NewId(), teacher, rich, poor, entitled, unknown);
        request.Members[2].Payer = ClassMember.Types.Payer.Budget;

        var answers = (await _server.Tills.SettleClassAsync(request)).Answers;

        answers.Select(answer => answer.AccountNumber).ShouldBe(request.Members.Select(member => member.AccountNumber));
        answers[0].Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumber.ShouldBe(2), granted => granted.BalanceKopecks.ShouldBe(35_000));
        answers[1].Refused.Reason.ShouldBe(RefusalReason.InsufficientFunds);
        answers[2].Granted.ShouldSatisfyAllConditions(granted => granted.EntryNumber.ShouldBe(2), granted => granted.BalanceKopecks.ShouldBe(0));
        answers[3].Refused.Reason.ShouldBe(RefusalReason.AccountUnknown);
        (await Newest(rich)).ShouldSatisfyAllConditions(entry => entry.Kind.ShouldBe(EntryKind.Sale), entry => entry.SettledByClass.ShouldBeTrue());
        (await Newest(entitled)).ShouldSatisfyAllConditions(entry => entry.Kind.ShouldBe(EntryKind.Redemption), entry => entry.SettledByClass.ShouldBeTrue());
    }

    [Fact]
    public async Task A_class_that_is_sent_again_has_the_same_answers_even_when_the_teachers_card_is_blocked_by_then()
    {
        var teacher = await _server.NewEmployee();
        var pupils = await Task.WhenAll(Enumerable.Range(0, Limits.ClassMembersMax).Select(_ => _server.NewPupil(meal: 20_000)));
        var request = Given.Class(_server.NewId(), teacher, pupils);
        var first = await _server.Tills.SettleClassAsync(request);
        (await _server.Import(new Row { Card = Given.Card(teacher, CardState.Blocked) })).BadRows.ShouldBeEmpty();

        var again = await _server.Tills.SettleClassAsync(request);

        again.ShouldBe(first);
        first.Answers.ShouldAllBe(answer => answer.Granted.BalanceKopecks == 5_000);
        request.OperationId = _server.NewId();
        (await _server.Tills.SettleClassAsync(request)).Answers.ShouldAllBe(answer => answer.Refused.Reason == RefusalReason.SettlementNotAllowed);
        foreach (var pupil in pupils) (await _server.Get(pupil)).MealBalanceKopecks.ShouldBe(5_000);
    }

    [Fact]
    [Trait("Rule", "M3")]
    public async Task A_stop_list_holds_for_its_own_child_alone()
    {
        var teacher = await _server.NewEmployee();
        var (allergic, other) = (await _server.NewPupil(meal: 20_000), await _server.NewPupil(meal: 20_000));
        await _server.Families.SetStopListAsync(new SetStopListRequest { OperationId = _server.NewId(), AccountNumber = allergic.Number, StopList = new StopList { Allergens = { Allergen.Milk } } });

        var answers = (await _server.Tills.SettleClassAsync(Given.Class(_server.NewId(), teacher, allergic, other))).Answers;

        answers[0].Refused.ShouldSatisfyAllConditions(refused => refused.Reason.ShouldBe(RefusalReason.StopList), refused => refused.LineIndexes.ShouldBe([0]));
        answers[1].Granted.ShouldNotBeNull();
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task An_error_of_one_child_is_that_childs_alone()
    {
        var teacher = await _server.NewEmployee();
        var (bought, other) = (await _server.NewPupil(meal: 50_000), await _server.NewPupil(meal: 50_000));
        var sale = Given.Sell(_server.NewId(), bought);
        await _server.Tills.SellAsync(sale);

        // The id was used in one of the two ledgers, for something else.
        var answers = (await _server.Tills.SettleClassAsync(Given.Class(sale.OperationId, teacher, bought, other))).Answers;

        answers[0].Error.Code.ShouldBe((int)Google.Rpc.Code.AlreadyExists);
        answers[1].Granted.ShouldNotBeNull();
        (await FaultOf.Call(async () => await _server.Tills.SettleClassAsync(new SettleClassRequest { DeviceId = 777 }), StatusCode.InvalidArgument)).Message.ShouldNotBeEmpty();
    }

    private async Task<Entry> Newest(Pupil pupil) => (await _server.Entries(pupil))[0];
}
