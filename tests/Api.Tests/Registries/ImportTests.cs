using Google.Rpc;
using Zvonok.Api.Tests.Servers;
using Zvonok.Api.Tests.Shapes;
using Zvonok.Gate.V1;
using Zvonok.Registry.V1;

namespace Zvonok.Api.Tests.Registries;

/// <summary>Buildings, devices, accounts and cards come in; bad rows stay out (N4).</summary>
[Collection(nameof(World))]
[Trait("Rule", "N4")]
public sealed class ImportTests(World world)
{
    private readonly Server _server = world.Server;

    [Fact]
    public async Task Every_bad_row_is_reported_by_number_field_and_reason_and_good_rows_stay()
    {
        var pupil = await _server.NewPupil();
        var rows = new List<Row>();
        for (var n = 0; n < BadRows.All.Length; n++)
        {
            var bad = BadRows.All[n];
            var spoilt = BadRows.Good(bad.Kind, n, pupil);
            bad.Spoil(spoilt);
            rows.Add(spoilt);
            if (bad.Kind != Row.RowOneofCase.None) rows.Add(BadRows.Good(bad.Kind, 1_000 + n, pupil));
        }

        var response = await _server.Import([.. rows]);

        response.BadCount.ShouldBe(BadRows.All.Length);
        response.AddedCount.ShouldBe(rows.Count - BadRows.All.Length);
        for (var n = 0; n < BadRows.All.Length; n++)
        {
            var (expected, reported) = (BadRows.All[n], response.BadRows[n]);
            reported.RowNumber.ShouldBe(2 * n + 1, $"{expected.Kind} {expected.Field} {expected.Wrong}");
            reported.Field.ShouldBe(expected.Field, $"{expected.Kind} {expected.Wrong}");
            reported.Reason.Length.ShouldBeGreaterThan(10);
        }
    }

    [Fact]
    public async Task Rows_are_numbered_over_all_messages_of_the_stream()
    {
        using var call = _server.Registry.Import();
        for (var message = 0; message < 3; message++)
        {
            await call.RequestStream.WriteAsync(new ImportRequest
            {
                Rows =
                {
                    new Row { Building = new Building { BuildingId = 20_001 + message, TimeZone = Given.Zone } },
                    new Row { Building = new Building { BuildingId = 20_011 + message, TimeZone = "Nowhere" } },
                },
            });
        }

        await call.RequestStream.CompleteAsync();
        var response = await call;

        response.AddedCount.ShouldBe(3);
        response.BadRows.Select(bad => bad.RowNumber).ShouldBe([2, 4, 6]);
    }

    [Fact]
    public async Task The_same_rows_again_change_nothing_and_other_ones_do()
    {
        var pupil = new Pupil(_server.NewNumber());
        Row[] rows =
        [
            new() { Building = new Building { BuildingId = 21_001, TimeZone = Given.Zone } },
            new() { Device = new Device { DeviceId = 21_001, Kind = DeviceKind.Gate, BuildingId = 21_001 } },
            new() { Account = new Account { AccountNumber = pupil.Number, Kind = AccountKind.Pupil, TimeZone = Given.Zone, DailyLimitKopecks = 30_000 } },
            new() { Card = Given.Card(pupil) },
        ];

        (await _server.Import(rows)).ShouldBe(new ImportResponse { AddedCount = 4 });
        (await _server.Import(rows)).ShouldBe(new ImportResponse { UnchangedCount = 4 });
        (await _server.Get(pupil)).DailyLimitKopecks.ShouldBe(30_000);
        rows[3].Card.State = CardState.Lost;
        (await _server.Import(rows)).ShouldBe(new ImportResponse { UnchangedCount = 3, ChangedCount = 1 });
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task What_an_import_changes_holds_for_the_next_tap()
    {
        var pupil = await _server.NewPupil();
        await _server.Import(new Row { Device = new Device { DeviceId = 22_001, Kind = DeviceKind.Gate, BuildingId = Given.School } });
        (await Tap()).Outcome.ShouldBe(Outcome.Admitted);

        await _server.Import(new Row { Card = Given.Card(pupil, CardState.Lost) });
        (await Tap()).RefusalReason.ShouldBe(RefusalReason.CardLost);

        // Out of the lost property office, and the gate moves to the club, where the card opens nothing.
        await _server.Import(new Row { Card = Given.Card(pupil, CardState.Returned) }, new Row { Card = Given.Card(pupil) });
        await _server.Import(new Row { Device = new Device { DeviceId = 22_001, Kind = DeviceKind.Gate, BuildingId = Given.Club } });
        (await Tap()).RefusalReason.ShouldBe(RefusalReason.NoAccessRight);

        async Task<TapResponse> Tap() => await _server.Gates.TapAsync(Given.Tap(_server.NewId(), pupil, gate: 22_001));
    }

    [Fact]
    [Trait("Rule", "C2")]
    public async Task A_card_goes_only_where_its_state_may_go_and_a_registered_accounts_kind_and_zone_stay()
    {
        var pupil = await _server.NewPupil(state: CardState.Destroyed);

        var response = await _server.Import(
            new Row { Card = Given.Card(pupil) },
            new Row { Account = new Account { AccountNumber = pupil.Number, Kind = AccountKind.Employee, TimeZone = Given.Zone } },
            new Row { Account = new Account { AccountNumber = pupil.Number, Kind = AccountKind.Pupil, TimeZone = "Asia/Omsk" } });

        response.BadRows.Select(bad => bad.Field).ShouldBe(["state", "kind", "time_zone"]);
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_message_holds_2000_of_the_largest_rows_and_not_one_more()
    {
        var pupil = new Pupil(_server.NewNumber());
        var row = new Row { Card = Given.Card(pupil) };
        row.Card.CardUid = ByteString.CopyFrom(new byte[16]);
        row.Card.FurtherBuildingIds.Add(Enumerable.Range(999_999_000, 32));
        row.Card.ExpireTime = new() { Seconds = 253402300799, Nanos = 999_999_999 };
        Row[] rows = [.. Enumerable.Repeat(row, 2_000)];

        var response = await _server.Import(rows);
        response.BadCount.ShouldBe(2_000);
        response.BadRows.Count.ShouldBe(1_000);

        var status = await FaultOf.Call(() => _server.Import([.. rows, row]), StatusCode.InvalidArgument);
        FaultOf.FieldOf(status).Field.ShouldBe("rows");
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_message_holds_a_mebibyte_and_beyond_that_is_refused_with_what_to_do()
    {
        const int most = 1024 * 1024;
        Row OfSize(int bytes)
        {
            var row = new Row { Building = new Building { BuildingId = 23_001, TimeZone = new string('A', bytes) } };
            row.Building.TimeZone = row.Building.TimeZone[(new ImportRequest { Rows = { row } }.CalculateSize() - bytes)..];
            return row;
        }

        (await _server.Import(OfSize(most))).BadRows.ShouldHaveSingleItem().RowNumber.ShouldBe(1);

        var status = await FaultOf.Call(() => _server.Import(OfSize(most + 1)), StatusCode.ResourceExhausted);
        status.Message.ShouldBe("The message has 1048577 bytes, and 1048576 are the most: send fewer rows a message.");
        // A repeat would not help.
        status.GetDetail<RetryInfo>().ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "D3")]
    public async Task A_message_so_large_that_it_is_not_even_read_is_refused() =>
        await FaultOf.Call(
            () => _server.Import(new Row { Building = new Building { BuildingId = 23_001, TimeZone = new string('A', 5 * 1024 * 1024) } }),
            StatusCode.ResourceExhausted);
}
