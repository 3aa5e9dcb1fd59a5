using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Family.V1;
using Zvonok.Feed.V1;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Tests.Gates;

[Collection(nameof(World))]
[Trait("Rule", "P10")]
public sealed class VerifyTests(World world)
{
    private readonly Server _server = world.Server;

    [Theory]
    [InlineData(Given.Museum)]
    [InlineData(Given.Gate)]
    public async Task A_good_card_is_valid_and_tells_what_its_holder_is_and_nothing_else(int device)
    {
        var (pupil, employee) = (await _server.NewPupil(), await _server.NewEmployee());

        (await Verify(pupil, device)).ShouldBe(new VerifyResponse { Valid = true, HolderKind = HolderKind.Pupil });
        (await Verify(employee, device)).ShouldBe(new VerifyResponse { Valid = true, HolderKind = HolderKind.Employee });
    }

    [Fact]
    public async Task A_card_that_is_not_good_tells_no_reason()
    {
        foreach (var holder in new[] { new Pupil(_server.NewNumber()), await _server.NewPupil(state: CardState.Lost), await _server.NewPupil(state: CardState.Blocked) })
            (await Verify(holder)).ShouldBe(new VerifyResponse());
    }

    [Fact]
    public async Task Nothing_is_recorded()
    {
        var pupil = await _server.NewPupil();
        var end = (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition;

        await Verify(pupil);

        (await _server.Feeds.GetEndAsync(new GetEndRequest())).EndPosition.ShouldBe(end);
        (await _server.Families.ListHistoryAsync(new ListHistoryRequest { AccountNumber = pupil.Number })).Records.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_device_that_nobody_registered_is_not_found()
    {
        var status = await FaultOf.Call(async () => await Verify(new Pupil(_server.NewNumber()), 777), StatusCode.NotFound);

        status.Message.ShouldContain("device_id");
    }

    private async Task<VerifyResponse> Verify(Pupil holder, int device = Given.Museum) => await _server.Gates.VerifyAsync(new VerifyRequest { DeviceId = device, CardUid = holder.Uid });
}
