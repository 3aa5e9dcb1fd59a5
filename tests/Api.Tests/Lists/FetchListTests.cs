using Microsoft.Extensions.DependencyInjection;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Domain;
using Zvonok.Domain.Accounts;
using Zvonok.Domain.Buildings;
using Zvonok.Domain.Cards;
using Zvonok.Domain.Lists;
using Zvonok.Grains.Lists;
using Zvonok.Office.V1;
using Zvonok.Terminals.Lists;
using Zvonok.Terminals.V1;
using OfflineList = Zvonok.Domain.Lists.OfflineList;

namespace Zvonok.Api.Tests.Lists;

[Collection(nameof(World))]
[Trait("Rule", "O1")]
public sealed class FetchListTests(World world) : IDisposable
{
    private readonly Server _server = world.Server;
    private readonly ListVerifier _verifier = new(world.Server.Services.GetRequiredService<ListSigner>().PublicKey);

    private ListMasterKey Key => _server.Services.GetRequiredService<ListKeys>().Newest;

    [Fact]
    public async Task A_till_finds_a_child_by_its_card_and_what_it_may_have()
    {
        var (school, pupil) = await NewSchool(meal: 50_000);
        await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = school, AllowanceKopecks = 30_000 });
        await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), pupil));

        var list = ShouldBeList(await FetchTill(school, 0));

        var holder = list.Holders.ShouldHaveSingleItem();
        holder.Cards.ShouldBe([new Domain.Lists.ListedCard(TokenOf(pupil, school), CardState.Active, null)]);
        (holder.Kind, holder.Meals, holder.NextMeals).ShouldBe((AccountKind.Pupil, MealSet.Of(MealKind.Lunch), MealSet.Of(MealKind.Lunch)));
        holder.Allowance.ShouldBe(new Domain.Lists.OfflineAllowance(new Money(30_000), new Money(30_000), new Money(30_000)));
        list.Terms.ShouldSatisfyAllConditions(
            terms => terms.Building.ShouldBe(new BuildingId(school)),
            terms => (terms.Audience, terms.Mode, terms.ZoneId, terms.Allowance, terms.KeyId).ShouldBe((DeviceKind.Till, BuildingMode.Normal, Given.Zone, new Money(30_000), Key.Id)));
        (list.ValidUntil - list.MadeAt).ShouldBe(Duration.FromHours(72));
        (list.MadeAt - _server.Clock.GetCurrentInstant()).ShouldBeLessThanOrEqualTo(Duration.Zero);
    }

    [Fact]
    public async Task A_gate_is_told_of_cards_alone()
    {
        var (school, pupil) = await NewSchool(meal: 50_000);
        await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = school, AllowanceKopecks = 30_000 });
        (await _server.Import(new Zvonok.Registry.V1.Row { Device = new() { DeviceId = school + 1_000_000, Kind = Zvonok.Registry.V1.DeviceKind.Gate, BuildingId = school } })).BadRows.ShouldBeEmpty();

        var answer = await _server.Gates.FetchListAsync(new Zvonok.Gate.V1.FetchListRequest { DeviceId = school + 1_000_000, KeyId = Key.Id });

        var content = Open(answer.List);
        content.List.Terms.Audience.ShouldBe(Zvonok.Registry.V1.DeviceKind.Gate);
        var holder = content.List.Holders.ShouldHaveSingleItem();
        holder.Cards.ShouldHaveSingleItem().Token.ShouldBe(TokenOf(pupil, school).Value);
        holder.ShouldBe(new Zvonok.Terminals.V1.Holder { Handle = holder.Handle, Kind = holder.Kind, Cards = { holder.Cards } });
    }

    [Fact]
    [Trait("Rule", "M10")]
    public async Task A_validator_is_told_of_cards_and_of_what_is_left_to_ride_for()
    {
        var (school, pupil) = await NewSchool(meal: 50_000);
        await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = school, AllowanceKopecks = 30_000 });
        await _server.Office.SetEntitlementsAsync(Given.Entitlements(_server.NewId(), pupil));
        (await _server.TopUp(pupil, 12_000, Zvonok.Family.V1.Purse.Transport)).Granted.ShouldNotBeNull();
        (await _server.Import(new Zvonok.Registry.V1.Row { Device = new() { DeviceId = school + 2_000_000, Kind = Zvonok.Registry.V1.DeviceKind.Validator, BuildingId = school, OperatorId = 12 } })).BadRows.ShouldBeEmpty();

        var answer = await _server.Tills.FetchListAsync(new Zvonok.Till.V1.FetchListRequest { DeviceId = school + 2_000_000, KeyId = Key.Id });

        var content = Open(answer.List);
        content.List.Terms.Audience.ShouldBe(Zvonok.Registry.V1.DeviceKind.Validator);
        var holder = content.List.Holders.ShouldHaveSingleItem();
        holder.Cards.ShouldHaveSingleItem().Token.ShouldBe(TokenOf(pupil, school).Value);
        holder.ShouldBe(new Zvonok.Terminals.V1.Holder { Handle = holder.Handle, Kind = holder.Kind, Cards = { holder.Cards }, Allowance = new() { TotalKopecks = 12_000 } });
    }

    [Fact]
    public async Task What_has_changed_comes_as_a_delta_and_that_nothing_has_is_a_small_one()
    {
        var (school, pupil) = await NewSchool();
        var list = ShouldBeList(await FetchTill(school, 0));
        var nothing = await FetchTill(school, list.Version);
        Open(nothing.List).Delta.ShouldSatisfyAllConditions(delta => delta.BaseVersion.ShouldBe(list.Version), delta => delta.Version.ShouldBe(list.Version));
        nothing.List.CalculateSize().ShouldBeLessThan(150);

        (await _server.Import(new Zvonok.Registry.V1.Row { Card = Card(pupil, school, Zvonok.Registry.V1.CardState.Lost) })).BadRows.ShouldBeEmpty();
        var (changed, applied) = await Next(school, list);

        applied.Version.ShouldBeGreaterThan(list.Version);
        changed.List.CalculateSize().ShouldBeLessThanOrEqualTo(200);
        applied.Holders[0].Cards[0].State.ShouldBe(CardState.Lost);
    }

    [Fact]
    [Trait("Rule", "O7")]
    public async Task Devices_are_told_to_come_again_at_different_times()
    {
        var (school, _) = await NewSchool();
        var waits = new List<double>();
        for (var n = 0; n < 20; n++) waits.Add((await FetchTill(school, 0)).FetchAfter.ToTimeSpan().TotalSeconds);

        waits.ShouldAllBe(wait => wait >= 45 && wait <= 75);
        waits.Distinct().Count().ShouldBeGreaterThan(10);
    }

    [Fact]
    [Trait("Rule", "D2")]
    public async Task A_device_that_nobody_registered_has_no_list() =>
        await FaultOf.Call(async () => await _server.Tills.FetchListAsync(new Zvonok.Till.V1.FetchListRequest { DeviceId = 4_998, KeyId = Key.Id }), StatusCode.NotFound);

    [Fact]
    [Trait("Rule", "C7")]
    public async Task A_stolen_list_has_no_radio_number_no_token_and_no_account_number_and_finds_nobody_at_another_building()
    {
        var (school, pupil) = await NewSchool(meal: 50_000);
        var (other, _) = await NewSchool();
        var bytes = (await FetchTill(school, 0)).List.ToByteArray();
        var token = TokenKey.TokenOf(pupil.Uid.Span);

        foreach (var secret in (byte[][])
                 [
                     pupil.Uid.ToByteArray(), pupil.Uid.ToByteArray()[..4], token.Value.ToByteArray(bigEndian: true)[..6], token.Value.ToByteArray()[..6], BitConverter.GetBytes(pupil.Number)[..5],
                     Key.Of(new BuildingId(school)).ToBytes()[..8],
                 ])
        {
            bytes.AsSpan().IndexOf(secret).ShouldBe(-1, Convert.ToHexString(secret));
            Array.Reverse(secret);
            bytes.AsSpan().IndexOf(secret).ShouldBe(-1, Convert.ToHexString(secret));
        }

        OfflineListReflection.Descriptor.MessageTypes.SelectMany(message => message.Fields.InDeclarationOrder()).ShouldNotContain(field => field.Name.Contains("account_number") || field.Name.Contains("uid"));
        Open(SignedList.Parser.ParseFrom(bytes)).List.Holders.ShouldHaveSingleItem().Handle.ShouldBe(1, "a number of this building alone");

        // Whoever has the list and the key of another building, even of that very card's token, does not find it.
        bytes.AsSpan().IndexOf(BitConverter.GetBytes(TokenOf(pupil, other).Value)).ShouldBe(-1);
        bytes.AsSpan().IndexOf(BitConverter.GetBytes(TokenOf(pupil, school).Value)).ShouldBeGreaterThan(0);
    }

    [Fact]
    [Trait("Rule", "O2")]
    public async Task The_schools_policy_goes_before_the_citys_and_policies_are_listed()
    {
        var (school, _) = await NewSchool(meal: 50_000);
        try
        {
            await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { AllowanceKopecks = 10_000 });
            await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = school, AllowanceKopecks = 20_000 });
            var page = await _server.Office.ListOfflinePoliciesAsync(new ListOfflinePoliciesRequest { PageSize = 1 });
            page.Policies.ShouldBe([new Zvonok.Office.V1.OfflinePolicy { AllowanceKopecks = 10_000 }]);
            page.NextPageToken.ShouldNotBeEmpty();
            var list = ShouldBeList(await FetchTill(school, 0));
            list.Holders[0].Allowance.Total.ShouldBe(new Money(20_000));

            await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = school });
            (await Next(school, list)).List.Holders[0].Allowance.Total.ShouldBe(new Money(10_000));
            await FaultOf.Call(async () => await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest { BuildingId = 4_999, AllowanceKopecks = 1 }), StatusCode.NotFound);
        }
        finally
        {
            await _server.Office.SetOfflinePolicyAsync(new SetOfflinePolicyRequest());
        }
    }

    public void Dispose() => _verifier.Dispose();

    private TokenKey TokenKey => _server.Services.GetRequiredService<TokenKeys>().Newest;

    private ListToken TokenOf(Pupil pupil, int school) => Key.Of(new BuildingId(school)).TokenOf(CardDigest.Of(pupil.Uid.Span));

    private ListContent Open(SignedList signed)
    {
        ListReader.TryOpen(signed, _verifier, out var content).ShouldBeTrue();
        return content!;
    }

    private OfflineList ShouldBeList(Zvonok.Till.V1.FetchListResponse answer) => ListReader.Read(Open(answer.List).List.ShouldNotBeNull());

    private async Task<Zvonok.Till.V1.FetchListResponse> FetchTill(int school, long known) =>
        await _server.Tills.FetchListAsync(new Zvonok.Till.V1.FetchListRequest { DeviceId = school, KeyId = Key.Id, KnownVersion = known });

    // A list is looked at again after some seconds: they are over at once.
    private async Task<(Zvonok.Till.V1.FetchListResponse Answer, OfflineList List)> Next(int school, OfflineList list)
    {
        _server.Clock.PutForward(Duration.FromSeconds(new ListOptions().FreshSeconds));
        var answer = await FetchTill(school, list.Version);
        var (outcome, applied) = ListDeltas.Apply(list, ListReader.Read(Open(answer.List).Delta));
        outcome.ShouldBe(ListApplication.Applied);
        return (answer, applied);
    }

    private async Task<(int School, Pupil Pupil)> NewSchool(long meal = 0)
    {
        var school = await _server.NewSchool();
        var pupil = await _server.NewPupil(meal, change: card => card.HomeBuildingId = school);
        return (school, pupil);
    }

    private static Zvonok.Registry.V1.Card Card(Pupil pupil, int school, Zvonok.Registry.V1.CardState state)
    {
        var card = Given.Card(pupil, state);
        card.HomeBuildingId = school;
        return card;
    }
}
