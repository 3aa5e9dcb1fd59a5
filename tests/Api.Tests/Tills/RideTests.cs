using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Till.V1;
using RefusalReason = Zvonok.Till.V1.RefusalReason;

namespace Zvonok.Api.Tests.Tills;

/// <summary>A card at the validator of a bus.</summary>
[Collection(nameof(World))]
[Trait("Rule", "M10")]
public sealed class RideTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task A_ride_is_answered_with_the_transport_purse_once_and_is_in_the_ledger()
    {
        var pupil = await Rider(10_000);
        var request = Given.Ride(_server.NewId(), pupil);

        var first = await _server.Tills.PayRideAsync(request);

        first.Granted.ShouldSatisfyAllConditions(
            granted => granted.AccountNumber.ShouldBe(pupil.Number), granted => granted.EntryNumber.ShouldBe(2), granted => granted.BalanceKopecks.ShouldBe(5_400));
        (await _server.Tills.PayRideAsync(request)).ShouldBe(first);
        var entry = (await _server.Entries(pupil))[0];
        (entry.Kind, entry.Purse, entry.AmountKopecks, entry.ContraAccount, entry.DeviceId).ShouldBe((EntryKind.Ride, Purse.Transport, -4_600, "carrier/12", Given.Validator));
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(
            account => account.SpentOnRidesTodayKopecks.ShouldBe(4_600), account => account.SpentTodayKopecks.ShouldBe(0));
    }

    [Fact]
    public async Task The_limit_of_rides_is_set_and_lifted_beside_that_of_meals()
    {
        var pupil = await Rider(50_000);

        await Limit(pupil, 5_000);
        (await Ride(pupil)).Granted.ShouldNotBeNull();
        (await Ride(pupil)).Refused.Reason.ShouldBe(RefusalReason.DailyLimit);
        (await _server.Get(pupil)).ShouldSatisfyAllConditions(account => account.RideLimitKopecks.ShouldBe(5_000), account => account.HasDailyLimitKopecks.ShouldBeFalse());

        await Limit(pupil, null);
        (await _server.Get(pupil)).HasRideLimitKopecks.ShouldBeFalse();
        (await Ride(pupil)).Granted.ShouldNotBeNull();
    }

    [Fact]
    public async Task An_empty_transport_purse_is_told_to_the_driver_although_the_meal_purse_is_full()
    {
        var pupil = await _server.NewPupil(meal: 50_000);

        (await Ride(pupil)).Refused.ShouldSatisfyAllConditions(
            refused => refused.Reason.ShouldBe(RefusalReason.InsufficientFunds), refused => refused.CashierMessage.Ru.ShouldNotBeEmpty());
        (await Ride(new Pupil(_server.NewNumber()))).Refused.Reason.ShouldBe(RefusalReason.CardUnknown);
    }

    [Fact]
    public async Task Rides_go_over_a_validators_stream_too()
    {
        var pupil = await Rider(10_000);
        using var patience = new CancellationTokenSource(Server.Deadline);
        using var call = _server.Tills.Connect(cancellationToken: patience.Token);
        var request = Given.Ride(_server.NewId(), pupil);

        await call.RequestStream.WriteAsync(new ConnectRequest { PayRide = request }, patience.Token);
        (await call.ResponseStream.MoveNext(patience.Token)).ShouldBeTrue();
        await call.RequestStream.CompleteAsync();

        var result = call.ResponseStream.Current.OperationResult;
        result.OperationId.ShouldBe(request.OperationId);
        result.Granted.BalanceKopecks.ShouldBe(5_400);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_validator_that_is_not_registered_is_an_error() =>
        (await FaultOf.Call(async () => await _server.Tills.PayRideAsync(Given.Ride(_server.NewId(), await Rider(10_000), validator: 777)), StatusCode.NotFound)).Message.ShouldContain("device_id");

    private async Task<Pupil> Rider(long transport)
    {
        var pupil = await _server.NewPupil();
        (await _server.TopUp(pupil, transport, Purse.Transport)).Granted.ShouldNotBeNull();
        return pupil;
    }

    private async Task<PayRideResponse> Ride(Pupil pupil) => await _server.Tills.PayRideAsync(Given.Ride(_server.NewId(), pupil));

    private async Task Limit(Pupil pupil, long? kopecks)
    {
        var request = new SetDailyLimitRequest { OperationId = _server.NewId(), AccountNumber = pupil.Number, Purse = Purse.Transport };
        if (kopecks is { } limit) request.LimitKopecks = limit;
        (await _server.Families.SetDailyLimitAsync(request)).Granted.ShouldNotBeNull();
    }
}
