using Google.Rpc;
using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Lists;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Lists;
using Direction = Zvonok.Gate.V1.Direction;
using RefusalReason = Zvonok.Gate.V1.RefusalReason;

namespace Zvonok.Api.Tests.Gates;

/// <summary>A gate comes back and uploads what it decided by itself.</summary>
[Collection(nameof(World))]
[Trait("Rule", "O3")]
public sealed class UploadTests(World world)
{
    private readonly Server _server = world.Server;

    private Instant Now => _server.Clock.GetCurrentInstant();

    public static TheoryData<string, string> Passages => BadFields.Cases(BadFields.Passage);

    [Fact]
    [Trait("Rule", "O2")]
    public async Task Everything_is_acknowledged_and_recorded_once_however_often_it_is_sent()
    {
        var pupils = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _server.NewPupil()));
        var begin = Now - NodaTime.Duration.FromHours(3);
        var facts = Enumerable.Range(0, 401)
            .Select(n => GateUpload.Fact(n + 1, Given.Passage(_server.NewId(), pupils[n % pupils.Length], n / pupils.Length % 2 == 0 ? Direction.In : Direction.Out, begin + NodaTime.Duration.FromSeconds(n))))
            .ToArray();

        (await GateUpload.All(_server, facts)).ShouldBeEmpty();
        (await GateUpload.All(_server, [.. facts.Select(fact => fact).Reverse().Select((fact, i) => new UploadFactsRequest(fact) { Position = i + 1 })])).ShouldBeEmpty();

        foreach (var pupil in pupils[1..]) (await Inside(pupil)).ShouldBeFalse();
        (await Inside(pupils[0])).ShouldBeTrue();
        var told = (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupils[1].Number, PageSize = 100 })).Records;
        told.Count.ShouldBe(40);
        told.ShouldAllBe(record => Instant.FromDateTimeOffset(record.Passage.EventTime.ToDateTimeOffset()) < begin + NodaTime.Duration.FromHours(1));
    }

    [Fact]
    public async Task A_late_entry_brings_nobody_back_who_has_left_since_and_the_day_is_told_by_the_times_of_the_events()
    {
        var pupil = await _server.NewPupil();
        var at = Now - NodaTime.Duration.FromHours(2);
        (await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, Direction.Out))).Outcome.ShouldBe(Outcome.AdmittedFlagged);

        (await GateUpload.All(_server, GateUpload.Fact(1, Given.Passage(_server.NewId(), pupil, Direction.In, at)))).ShouldBeEmpty();

        (await Inside(pupil)).ShouldBeFalse();
        var day = Now.InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).Date;
        if (at.InZone(DateTimeZoneProviders.Tzdb[Given.Zone]).Date != day) return;
        var report = await _server.Families.GetDayReportAsync(new GetDayReportRequest { AccountNumber = pupil.Number, Date = new() { Year = day.Year, Month = day.Month, Day = day.Day } });
        report.TimeInside.ToTimeSpan().TotalMinutes.ShouldBeInRange(119, 121);
    }

    [Fact]
    [Trait("Rule", "P5")]
    public async Task That_nobody_walked_through_may_come_before_the_passage_and_names_it_by_its_operation()
    {
        var (pupil, other) = (await _server.NewPupil(), await _server.NewPupil());
        var (first, second) = (_server.NewId(), _server.NewId());

        (await GateUpload.All(
            _server,
            GateUpload.Fact(1, Given.NotPassed(_server.NewId(), 0, first)), GateUpload.Fact(2, Given.Passage(second, other, Direction.In, Now)),
            GateUpload.Fact(3, Given.Passage(first, pupil, Direction.In, Now)), GateUpload.Fact(4, Given.NotPassed(_server.NewId(), 0, second)))).ShouldBeEmpty();

        (await Inside(pupil)).ShouldBeFalse();
        (await Inside(other)).ShouldBeFalse();
        var told = (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records.ShouldHaveSingleItem().Passage;
        told.AnnulledPassageNumber.ShouldBe(told.PassageNumber);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_tap_that_was_decided_and_never_answered_is_known_and_what_the_gate_did_counts()
    {
        var (same, other, shut, opened) = (await _server.NewPupil(), await _server.NewPupil(), await _server.NewPupil(), await _server.NewPupil(state: Zvonok.Registry.V1.CardState.Lost));
        var taps = new[] { same, other, shut, opened }.Select(pupil => Given.Tap(_server.NewId(), pupil, Direction.Toggle)).ToArray();
        foreach (var tap in taps) await _server.Gates.TapAsync(tap);
        var facts = new[]
        {
            Given.Passage(taps[0].OperationId, same, Direction.In, Now), Given.Passage(taps[1].OperationId, other, Direction.Out, Now),
            Given.Passage(taps[2].OperationId, shut, Direction.In, Now), Given.Passage(taps[3].OperationId, opened, Direction.In, Now),
        };
        (facts[2].Outcome, facts[2].RefusalReason) = (Outcome.Refused, RefusalReason.NotAtThisTime);

        for (var i = 0; i < 2; i++) (await GateUpload.All(_server, [.. facts.Select((fact, place) => GateUpload.Fact(place + 1, fact))])).ShouldBeEmpty();

        (await Inside(same)).ShouldBeTrue();
        (await Inside(other)).ShouldBeFalse();
        (await Inside(shut)).ShouldBeFalse();
        (await Inside(opened)).ShouldBeTrue();
        (await History(same)).ShouldBe(1);
        // What was decided, that it did not take place, and what did.
        (await History(other)).ShouldBe(3);
        (await History(shut)).ShouldBe(2);
        (await History(opened)).ShouldBe(2);
    }

    [Fact]
    [Trait("Rule", "O1")]
    public async Task People_are_named_by_the_handles_of_their_buildings_list()
    {
        var (pupil, byTap) = (await _server.NewPupil(), await _server.NewPupil());
        await _server.Gates.FetchListAsync(new Zvonok.Gate.V1.FetchListRequest { DeviceId = Given.Gate, KeyId = _server.Services.GetRequiredService<ListKeys>().Newest.Id });
        var tap = Given.Tap(_server.NewId(), byTap);
        await _server.Gates.TapAsync(tap);
        var byHandle = Given.Passage(tap.OperationId, byTap, Direction.In, Now);
        byHandle.Holder = await HandleOf(byTap);
        var entered = Given.Passage(_server.NewId(), pupil, Direction.In, Now);
        entered.Holder = await HandleOf(pupil);
        var strange = Given.Passage(_server.NewId(), pupil, Direction.In, Now);
        strange.Holder = 99_999_999;

        var notTaken = await GateUpload.All(_server, GateUpload.Fact(1, strange), GateUpload.Fact(2, entered), GateUpload.Fact(3, byHandle), GateUpload.Fact(4, new PassageFact(entered) { CardUid = pupil.Uid }));

        var fact = notTaken.ShouldHaveSingleItem();
        (fact.Position, (Code)fact.Error.Code).ShouldBe((1, Code.NotFound));
        fact.Error.Message.ShouldStartWith("holder: ");
        (await Inside(pupil)).ShouldBeTrue();
        (await History(pupil)).ShouldBe(1);
        (await History(byTap)).ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_taken_as_it_is_holds_up_nothing_and_what_is_nobodys_is_recorded()
    {
        var pupil = await _server.NewPupil();
        var tap = Given.Tap(_server.NewId(), pupil);
        await _server.Gates.TapAsync(tap);
        var unknown = Given.Passage(_server.NewId(), pupil, Direction.In, Now);
        unknown.ClearCard();
        (unknown.Outcome, unknown.RefusalReason) = (Outcome.Refused, RefusalReason.CardUnknown);

        var notTaken = await GateUpload.All(
            _server, GateUpload.Fact(2, Given.Passage(tap.OperationId, await _server.NewPupil(), Direction.In, Now)), new UploadFactsRequest { Position = 4 }, GateUpload.Fact(5, unknown),
            GateUpload.Fact(9, Given.Passage(_server.NewId(), pupil, Direction.Out, Now)));

        notTaken.Select(fact => (fact.Position, (Code)fact.Error.Code)).ShouldBe([(2, Code.AlreadyExists), (4, Code.InvalidArgument)]);
        FaultOf.FieldOf(notTaken[1].Error).Field.ShouldBe("fact");
        (await Inside(pupil)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_gate_that_nobody_registered_keeps_its_facts()
    {
        var pupil = await _server.NewPupil();

        var (answers, failure) = await GateUpload.Try(
            _server, [GateUpload.Fact(1, Given.Passage(_server.NewId(), pupil, Direction.In, Now)), GateUpload.Fact(2, Given.Passage(_server.NewId(), pupil, Direction.In, Now, gate: 999_999_998))]);

        failure.ShouldNotBeNull().StatusCode.ShouldBe(StatusCode.NotFound);
        answers.ShouldHaveSingleItem().AcknowledgedPosition.ShouldBe(1);
    }

    [Theory, MemberData(nameof(Passages))]
    [Trait("Rule", "D2")]
    public async Task Each_bad_field_of_a_passage_is_named_and_the_queue_goes_on(string field, string wrong)
    {
        var pupil = await _server.NewPupil();
        var bad = Given.Passage(_server.NewId(), pupil, Direction.In, Now);
        BadFields.Passage.Single(one => one.Field == field && one.Wrong == wrong).Spoil(bad, _server);

        var error = (await GateUpload.All(_server, GateUpload.Fact(1, bad), GateUpload.Fact(2, Given.Passage(_server.NewId(), pupil, Direction.Out, Now)))).ShouldHaveSingleItem().Error;

        ((Code)error.Code, FaultOf.FieldOf(error).Field).ShouldBe((Code.InvalidArgument, field));
        FaultOf.FieldOf(error).Description.ShouldMatch("should be .+|: .+");
        (await Inside(pupil)).ShouldBeFalse();
    }

    private async Task<bool> Inside(Pupil pupil) =>
        (await _server.Grains.GetGrain<IBuildingGrain>(Given.School).Get()).ShouldNotBeNull().Inside.Contains(AccountNumber.From(pupil.Number));

    private async Task<int> History(Pupil pupil) => (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records.Count;

    private async Task<int> HandleOf(Pupil pupil)
    {
        var holders = _server.Services.GetRequiredService<IListHolders>();
        for (var handle = 1; await holders.Of(new BuildingId(Given.School), handle) is { } account; handle++)
            if (account.Value == pupil.Number) return handle;
        throw new InvalidOperationException($"{pupil} is on no list.");
    }
}
