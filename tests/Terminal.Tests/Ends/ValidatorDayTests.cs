using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Terminals.Tests.Cores;
using Zvonok.Till.V1;

namespace Zvonok.Terminals.Tests.Ends;

/// <summary>The validator of a school's bus and a core over sockets.</summary>
[Trait("Rule", "M10")]
[Trait("Rule", "O2")]
public sealed class ValidatorDayTests : IAsyncLifetime, IDisposable
{
    private const long FareMost = 6_000;
    private static readonly Instant Now = SystemClock.Instance.GetCurrentInstant();
    private readonly TemporaryDirectory _directory = new("zvonok-validator");
    private readonly FakeCore _core = new(new School());

    private TerminalOptions Options => _core.School.Options(Path.Combine(_directory.Path, "validator.db"), isTill: true, _core.Address) with { Devices = [School.Validator], Operator = 12, OfflineFareMost = FareMost };

    public async Task InitializeAsync()
    {
        _core.List = Newest(Now, 1);
        await _core.Start();
    }

    public async Task DisposeAsync() => await _core.DisposeAsync();

    public void Dispose()
    {
        _core.School.Dispose();
        _directory.Dispose();
    }

    [Fact]
    [Trait("Rule", "O3")]
    public async Task Alone_it_lets_ride_within_the_allowance_and_tells_of_it_once_by_handle()
    {
        await using var validator = await Connected();
        var with = await validator.PayRide(School.Uid(1), 4_000);
        (with.IsGranted, with.IsAlone, with.BalanceKopecks).ShouldBe((true, false, 100));
        await _core.Stop();

        (await validator.PayRide(School.Uid(1), 5_000)).ShouldSatisfyAllConditions(
            decision => decision.IsGranted.ShouldBeTrue(), decision => decision.IsAlone.ShouldBeTrue(), decision => decision.BalanceKopecks.ShouldBeNull());
        (await validator.PayRide(School.Uid(1), 1_001)).Reason.ShouldBe(RefusalReason.InsufficientFunds, "4,000 with the core and 5,000 without it are ridden of 10,000");
        (await validator.PayRide(School.Uid(1), 1_000)).IsGranted.ShouldBeTrue();
        (await validator.PayRide(School.Uid(2), FareMost + 1)).Reason.ShouldBe(RefusalReason.InsufficientFunds, "the carrier trusts nobody with such a fare");
        (await validator.PayRide(School.Uid(3), 100)).Reason.ShouldBe(RefusalReason.CardLost);
        (await validator.PayRide(School.Uid(4), 100)).Reason.ShouldBe(RefusalReason.CardExpired);
        (await validator.PayRide(School.Uid(9), 100)).Reason.ShouldBe(RefusalReason.CardUnknown);
        validator.Status.Queued.ShouldBe(2);

        await _core.Start();
        await Eventually.Holds(() => validator.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        var facts = _core.Uploaded.Select(one => (UploadFactsRequest)one.Fact).ToList();
        facts.Select(fact => (fact.FactCase, fact.Holder, fact.PayRide.FareKopecks, fact.PayRide.DeviceId, fact.PayRide.CardUid.IsEmpty)).ShouldBe(
            [(UploadFactsRequest.FactOneofCase.PayRide, 1, 5_000, School.Validator, true), (UploadFactsRequest.FactOneofCase.PayRide, 1, 1_000, School.Validator, true)]);
        _core.Hellos.OfType<Hello>().ShouldContain(hello => hello.DeviceId == School.Validator && hello.ListKeyId == School.Key.Id && hello.ListVersion == 1, "it says which list it has, and hears what is missing");
    }

    [Fact]
    public async Task What_was_ridden_counts_after_a_restart_and_until_a_list_knows_it()
    {
        var validator = await Connected();
        await _core.Stop();
        (await validator.PayRide(School.Uid(1), 6_000)).IsGranted.ShouldBeTrue();
        await validator.DisposeAsync();
        await using var again = ValidatorTerminal.Start(Options);
        (await again.PayRide(School.Uid(1), 4_001)).Reason.ShouldBe(RefusalReason.InsufficientFunds);

        await _core.Start();
        await Eventually.Holds(() => again.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        _core.Change(Newest(Now + Duration.FromMinutes(2), 2));
        await Eventually.Holds(() => again.Status.ListVersion == 2, "the list should come");
        await _core.Stop();
        (await again.PayRide(School.Uid(1), 4_001)).IsGranted.ShouldBeTrue("what the list says is what is left by now");
    }

    [Fact]
    public async Task An_answer_that_comes_too_late_is_the_same_ride()
    {
        await using var validator = await Connected();
        _core.OnSale = _ => null;

        var decision = await validator.PayRide(School.Uid(1), 5_000);

        (decision.IsGranted, decision.IsAlone).ShouldBe((true, true));
        await Eventually.Holds(() => validator.Status is { Queued: 0, IsConnected: true }, "the queue should be uploaded");
        ((UploadFactsRequest)_core.Uploaded.ShouldHaveSingleItem().Fact).PayRide.OperationId.ShouldBe(_core.Asked.OfType<PayRideRequest>().ShouldHaveSingleItem().OperationId, "the core has it once, whichever comes first");
    }

    [Fact]
    public async Task By_the_list_of_another_kind_of_device_or_past_its_time_nobody_rides()
    {
        _core.List = School.List(DeviceKind.Till, Now, [School.Person(1, allowance: 10_000)]);
        await using (var validator = ValidatorTerminal.Start(Options))
        {
            await Eventually.Holds(() => validator.Status.IsConnected, "it should connect");
            await _core.Stop();
            (await validator.PayRide(School.Uid(1), 100)).NotNow.ShouldBe(NotNowReason.NoList);
        }

        _core.List = Newest(Now - Duration.FromHours(72), 1);
        await _core.Start();
        await using var late = await Connected();
        await _core.Stop();
        (await late.PayRide(School.Uid(1), 100)).NotNow.ShouldBe(NotNowReason.ListTooOld);
        late.Status.Queued.ShouldBe(0);
    }

    private static Domain.Lists.OfflineList Newest(Instant madeAt, long version) => School.List(
        DeviceKind.Validator, madeAt,
        [
            School.Person(1, allowance: 10_000), School.Person(2, allowance: 10_000), School.Person(3, CardState.Lost, allowance: 10_000), School.Person(4, end: Instant.FromUnixTimeSeconds(Now.ToUnixTimeSeconds()), allowance: 10_000),
        ],
        version);

    private async Task<ValidatorTerminal> Connected()
    {
        var validator = ValidatorTerminal.Start(Options);
        await Eventually.Holds(() => validator.Status is { IsConnected: true, ListVersion: > 0 }, "it should connect and have a list");
        return validator;
    }
}
