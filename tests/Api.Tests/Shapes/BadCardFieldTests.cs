using Zvonok.Api.Tests.Schools;
using Zvonok.Api.Tests.Servers;
using Zvonok.Schools.V1;

namespace Zvonok.Api.Tests.Shapes;

/// <summary>A bad field of what is asked of cards is named, and nothing is done.</summary>
[Collection(nameof(World))]
[Trait("Rule", "D2")]
public sealed class BadCardFieldTests(World world)
{
    private readonly Server _server = world.Server;

    public static TheoryData<string, string> Issues => BadFields.Cases(BadFields.IssueCard);

    public static TheoryData<string, string> Bindings => BadFields.Cases(BadFields.BindCard);

    public static TheoryData<string, string> Replacements => BadFields.Cases(BadFields.ReplaceCard);

    public static TheoryData<string, string> Losses => BadFields.Cases(BadFields.ReportCardLost);

    public static TheoryData<string, string> Blocks => BadFields.Cases(BadFields.BlockCard);

    public static TheoryData<string, string> Returns => BadFields.Cases(BadFields.HandInCard);

    public static TheoryData<string, string> Ends => BadFields.Cases(BadFields.DestroyCard);

    public static TheoryData<string, string> Temporaries => BadFields.Cases(BadFields.IssueTemporaryCard);

    public static TheoryData<string, string> Visitors => BadFields.Cases(BadFields.IssueVisitorCard);

    public static TheoryData<string, string> Visits => BadFields.Cases(BadFields.ListVisits);

    public static TheoryData<string, string> Tests => BadFields.Cases(BadFields.TestCard);

    public static TheoryData<string, string> Lists => BadFields.Cases(BadFields.ListCards);

    public static TheoryData<string, string> Logs => BadFields.Cases(BadFields.ListCardEvents);

    public static TheoryData<string, string> Finds => BadFields.Cases(BadFields.ListFoundCards);

    [Theory, MemberData(nameof(Issues))]
    public async Task Of_an_issue(string field, string wrong) =>
        await Check(BadFields.IssueCard, field, wrong, pupil => GivenCards.Issue(_server.NewId(), pupil), async request => await _server.Schools.IssueCardAsync(request));

    [Theory, MemberData(nameof(Bindings))]
    public async Task Of_a_binding(string field, string wrong) =>
        await Check(BadFields.BindCard, field, wrong, pupil => GivenCards.Bind(_server.NewId(), pupil, GivenCards.Name(pupil)), async request => await _server.Schools.BindCardAsync(request));

    [Theory, MemberData(nameof(Replacements))]
    public async Task Of_a_replacement(string field, string wrong) =>
        await Check(BadFields.ReplaceCard, field, wrong, pupil => GivenCards.Replace(_server.NewId(), pupil), async request => await _server.Schools.ReplaceCardAsync(request));

    [Theory, MemberData(nameof(Losses))]
    public async Task Of_a_loss(string field, string wrong) =>
        await Check(BadFields.ReportCardLost, field, wrong, pupil => GivenCards.Lost(_server.NewId(), pupil), async request => await _server.Schools.ReportCardLostAsync(request));

    [Theory, MemberData(nameof(Blocks))]
    public async Task Of_a_block(string field, string wrong) =>
        await Check(BadFields.BlockCard, field, wrong, pupil => GivenCards.Block(_server.NewId(), pupil), async request => await _server.Schools.BlockCardAsync(request));

    [Theory, MemberData(nameof(Returns))]
    public async Task Of_a_card_that_is_handed_in(string field, string wrong) =>
        await Check(BadFields.HandInCard, field, wrong, pupil => GivenCards.HandIn(_server.NewId(), pupil), async request => await _server.Schools.HandInCardAsync(request));

    [Theory, MemberData(nameof(Ends))]
    public async Task Of_a_destruction(string field, string wrong) =>
        await Check(BadFields.DestroyCard, field, wrong, pupil => GivenCards.Destroy(_server.NewId(), pupil), async request => await _server.Schools.DestroyCardAsync(request));

    [Theory, MemberData(nameof(Temporaries))]
    public async Task Of_a_temporary_card(string field, string wrong) =>
        await Check(BadFields.IssueTemporaryCard, field, wrong, pupil => GivenCards.Temporary(_server.NewId(), pupil), async request => await _server.Schools.IssueTemporaryCardAsync(request));

    [Theory, MemberData(nameof(Visitors))]
    public async Task Of_a_visitors_card(string field, string wrong) =>
        await Check(BadFields.IssueVisitorCard, field, wrong, pupil => GivenCards.Visitor(_server.NewId(), pupil, _server.Clock.GetCurrentInstant()), async request => await _server.Schools.IssueVisitorCardAsync(request));

    [Theory, MemberData(nameof(Visits))]
    public async Task Of_a_query_for_visits(string field, string wrong) =>
        await Check(BadFields.ListVisits, field, wrong, _ => new ListVisitsRequest { BuildingId = Given.School }, async request => await _server.Schools.ListVisitsAsync(request));

    [Theory, MemberData(nameof(Tests))]
    public async Task Of_a_test(string field, string wrong) =>
        await Check(BadFields.TestCard, field, wrong, pupil => new TestCardRequest { CardUid = pupil.Uid }, async request => await _server.Schools.TestCardAsync(request));

    [Theory, MemberData(nameof(Lists))]
    public async Task Of_a_query_for_cards(string field, string wrong) =>
        await Check(BadFields.ListCards, field, wrong, pupil => new ListCardsRequest { AccountNumber = pupil.Number }, async request => await _server.Schools.ListCardsAsync(request));

    [Theory, MemberData(nameof(Logs))]
    public async Task Of_a_query_for_a_log(string field, string wrong) =>
        await Check(BadFields.ListCardEvents, field, wrong, pupil => new ListCardEventsRequest { Card = GivenCards.Name(pupil) }, async request => await _server.Schools.ListCardEventsAsync(request));

    [Theory, MemberData(nameof(Finds))]
    public async Task Of_a_query_for_found_cards(string field, string wrong) =>
        await Check(BadFields.ListFoundCards, field, wrong, _ => new ListFoundCardsRequest { BuildingId = Given.School }, async request => await _server.Schools.ListFoundCardsAsync(request));

    private async Task Check<T>(BadField<T>[] table, string field, string wrong, Func<Pupil, T> good, Func<T, Task> call)
    {
        var pupil = await _server.NewPupil();
        var request = good(pupil);
        table.Single(bad => bad.Field == field && bad.Wrong == wrong).Spoil(request, _server);

        await FaultOf.Names(field, () => call(request));

        (await _server.Schools.ListCardsAsync(new ListCardsRequest { AccountNumber = pupil.Number })).Cards.ShouldHaveSingleItem().Version.ShouldBe(1);
    }
}
