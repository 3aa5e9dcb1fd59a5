using Zvonok.Api.Tests.Feeds;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;
using FactKind = Zvonok.Feed.V1.FactKind;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
[Trait("Rule", "P8")]
public sealed class HandOverTests(World world)
{
    /// <summary>Why an adult does not get a child.</summary>
    public static readonly RefusalReason[] Reasons = [RefusalReason.NoPickUpRight, RefusalReason.PickUpDenied, RefusalReason.PickUpExpired];

    private readonly Server _server = world.Server;

    [Fact]
    public async Task Several_children_are_brought_and_collected_at_once_and_each_family_reads_by_whom()
    {
        var adult = await NewAdult();
        var (first, second) = (await _server.NewPupil(), await _server.NewPupil());
        await Register(Given.PickUp(adult, first), Given.PickUp(adult, second));
        var request = Given.HandOver(_server.NewId(), adult, first, second);

        var brought = await _server.Gates.HandOverAsync(request);
        var repeat = await _server.Gates.HandOverAsync(request);
        var collected = await HandOver(adult, Direction.Toggle, first, second);

        brought.Answers.Select(answer => (answer.ChildAccountNumber, answer.Outcome, answer.Direction)).ShouldBe([(first.Number, Outcome.Admitted, Direction.In), (second.Number, Outcome.Admitted, Direction.In)]);
        repeat.ShouldBe(brought);
        collected.Select(answer => answer.Direction).ShouldBe([Direction.Out, Direction.Out]);
        var told = (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = second.Number })).Records.Select(record => record.Passage).ToList();
        told.Select(passage => (passage.Kind, passage.Direction, passage.EscortAccountNumber)).ShouldBe([(PassageKind.HandOver, Direction.Out, adult.Number), (PassageKind.HandOver, Direction.In, adult.Number)]);
    }

    [Fact]
    [Trait("Rule", "N1")]
    public async Task Who_may_not_is_refused_child_by_child_and_neighbours_are_told()
    {
        var adult = await NewAdult();
        Pupil[] children = [await _server.NewPupil(), await _server.NewPupil(), await _server.NewPupil(), await _server.NewPupil()];
        var (expired, denied) = (Given.PickUp(adult, children[1]), Given.PickUp(adult, children[2]));
        expired.PickUp.LastDate = new() { Year = 2020, Month = 1, Day = 1 };
        denied.PickUp.Effect = AccessEffect.Deny;
        await Register(Given.PickUp(adult, children[0]), expired, Given.PickUp(adult, children[2]), denied);
        using var reading = new Reading(_server, new WatchRequest { FromPosition = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition, Kinds = { FactKind.Passage } });

        var answers = await HandOver(adult, Direction.In, children);

        answers.Select(answer => answer.RefusalReason).ShouldBe([RefusalReason.Unspecified, RefusalReason.PickUpExpired, RefusalReason.PickUpDenied, RefusalReason.NoPickUpRight]);
        (await reading.Take(4)).Select(fact => (fact.Passage.Kind, fact.Passage.AccountNumber, fact.Passage.EscortAccountNumber, fact.Passage.RefusalReason)).ShouldBe(
            answers.Select(answer => (PassageKind.HandOver, answer.ChildAccountNumber, adult.Number, answer.RefusalReason)), ignoreOrder: true);
    }

    [Fact]
    public async Task An_unknown_card_gets_nobody()
    {
        var child = await _server.NewPupil();

        (await HandOver(new Pupil(_server.NewNumber()), Direction.Out, child)).ShouldHaveSingleItem().RefusalReason.ShouldBe(RefusalReason.CardUnknown);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task With_a_child_that_nobody_registered_nothing_is_recorded()
    {
        var adult = await NewAdult();
        var child = await _server.NewPupil();
        await Register(Given.PickUp(adult, child));

        var status = await FaultOf.Call(async () => await HandOver(adult, Direction.In, child, new Pupil(_server.NewNumber())), StatusCode.NotFound);

        status.Message.ShouldContain("child_account_numbers");
        (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = child.Number })).Records.ShouldBeEmpty();
    }

    private Task<Pupil> NewAdult() => _server.NewPupil(change: card => card.Kind = CardKind.PickUpCard);

    private async Task Register(params Row[] rows) => (await _server.Import(rows)).BadRows.ShouldBeEmpty();

    private async Task<IReadOnlyList<HandOverAnswer>> HandOver(Pupil adult, Direction direction, params Pupil[] children)
    {
        var request = Given.HandOver(_server.NewId(), adult, children);
        request.Direction = direction;
        return (await _server.Gates.HandOverAsync(request)).Answers;
    }
}
