using Zvonok.Api.Registry;
using Zvonok.Registry.V1;
using Allergen = Zvonok.Till.V1.Allergen;
using MealKind = Zvonok.Till.V1.MealKind;
using ProductCategory = Zvonok.Till.V1.ProductCategory;
using UnredeemedPolicy = Zvonok.Family.V1.UnredeemedPolicy;

namespace Zvonok.Api.Tests.Registries;

[Trait("Rule", "N4")]
public sealed class CsvFileTests
{
    [Fact]
    public void Buildings_are_read() =>
        Read("building_id,time_zone\n1501,Europe/Moscow\n").ShouldHaveSingleItem().ShouldBe(
            new CsvLine(2, new Row { Building = new Building { BuildingId = 1501, TimeZone = "Europe/Moscow" } }));

    [Fact]
    public void Devices_are_read_with_and_without_an_operator()
    {
        var lines = Read("device_id,kind,building_id,operator_id\n601,gate,1501,\n501,till,1501,7\n");

        lines[0].Row.ShouldBe(new Row { Device = new Device { DeviceId = 601, Kind = DeviceKind.Gate, BuildingId = 1501 } });
        lines[1].Row.ShouldBe(new Row { Device = new Device { DeviceId = 501, Kind = DeviceKind.Till, BuildingId = 1501, OperatorId = 7 } });
    }

    [Fact]
    public void Accounts_are_read_with_and_without_a_limit()
    {
        var lines = Read("account_number,kind,time_zone,daily_limit_kopecks\n17,pupil,Europe/Moscow,0\n25,preschooler,Asia/Omsk,\n");

        lines[0].Row.ShouldBe(new Row { Account = new Account { AccountNumber = 17, Kind = AccountKind.Pupil, TimeZone = "Europe/Moscow", DailyLimitKopecks = 0 } });
        lines[0].Row!.Account.HasDailyLimitKopecks.ShouldBeTrue();
        lines[1].Row!.Account.Kind.ShouldBe(AccountKind.Preschooler);
        lines[1].Row!.Account.HasDailyLimitKopecks.ShouldBeFalse();
    }

    [Fact]
    [Trait("Rule", "S2")]
    [Trait("Rule", "S3")]
    public void Groups_and_roles_are_read()
    {
        Read("account_number,kind,time_zone,daily_limit_kopecks,group_key,roles\n17,employee,Europe/Moscow,,7-B,head guard\n").ShouldHaveSingleItem().Row.ShouldBe(
            new Row { Account = new Account { AccountNumber = 17, Kind = AccountKind.Employee, TimeZone = "Europe/Moscow", GroupKey = "7-B", Roles = { "head", "guard" } } });
        Read("building_id,time_zone,lockdown_roles,safety_roles\n1,Europe/Moscow,guard police,head\n").ShouldHaveSingleItem().Row.ShouldBe(
            new Row { Building = new Building { BuildingId = 1, TimeZone = "Europe/Moscow", LockdownRoles = { "guard", "police" }, SafetyRoles = { "head" } } });
    }

    [Fact]
    public void Cards_are_read_with_all_that_is_optional_and_without()
    {
        const string header = "card_uid,kind,state,account_number,home_building_id,further_building_ids,expire_time\n";
        var lines = Read(header + "04A1b2C3,pick_up_card,active,17,1501,2002 2003,2026-09-01T08:00:00Z\n04a1b2c4,fob,issued,17,1501,,\n");

        var card = new Card
        {
            CardUid = ByteString.CopyFrom(0x04, 0xA1, 0xB2, 0xC3),
            Kind = CardKind.PickUpCard,
            State = CardState.Active,
            AccountNumber = 17,
            HomeBuildingId = 1501,
            FurtherBuildingIds = { 2002, 2003 },
            ExpireTime = new() { Seconds = 1_788_249_600 },
        };
        lines[0].Row!.Card.ShouldBe(card);
        lines[1].Row!.Card.FurtherBuildingIds.ShouldBeEmpty();
        lines[1].Row!.Card.ExpireTime.ShouldBeNull();
    }

    [Fact]
    [Trait("Rule", "P3")]
    public void Buildings_are_read_with_their_anti_passback_and_without()
    {
        var lines = Read("building_id,time_zone,hard_anti_passback\n1,Europe/Moscow,yes\n2,Europe/Moscow,no\n3,Europe/Moscow,\n4,Europe/Moscow,perhaps\n");

        lines.Take(3).Select(line => line.Row!.Building.HardAntiPassback).ShouldBe([true, false, false]);
        (lines[3].Field, lines[3].Reason).ShouldBe(("hard_anti_passback", "'perhaps' should be yes or no."));
    }

    [Fact]
    [Trait("Rule", "P4")]
    public void Access_rules_are_read_as_people_write_them()
    {
        const string header = "card_uid,kind,state,account_number,home_building_id,access_rules\n";
        var card = Read(header + "04A1b2C3,fob,active,17,1501,allow 2002 tue+thu 15:00-18:00 2026-09-01..2027-05-31; deny all sun ;allow 7 20:00-24:00 ..2026-12-31;deny 1501 2026-12-30..\n")[0].Row!.Card;

        card.AccessRules.ShouldBe(
        [
            new AccessRule
            {
                Effect = AccessEffect.Allow, BuildingId = 2002, Weekdays = { Google.Type.DayOfWeek.Tuesday, Google.Type.DayOfWeek.Thursday }, FirstMinute = 900, EndMinute = 1080,
                FirstDate = new() { Year = 2026, Month = 9, Day = 1 }, LastDate = new() { Year = 2027, Month = 5, Day = 31 },
            },
            new AccessRule { Effect = AccessEffect.Deny, Weekdays = { Google.Type.DayOfWeek.Sunday } },
            new AccessRule { Effect = AccessEffect.Allow, BuildingId = 7, FirstMinute = 1200, EndMinute = 1440, LastDate = new() { Year = 2026, Month = 12, Day = 31 } },
            new AccessRule { Effect = AccessEffect.Deny, BuildingId = 1501, FirstDate = new() { Year = 2026, Month = 12, Day = 30 } },
        ]);
    }

    [Fact]
    [Trait("Rule", "P8")]
    public void Pick_up_rights_are_read_with_all_that_is_optional_and_without()
    {
        const string header = "adult_account_number,child_account_number,effect,brings,collects,first_date,last_date\n";
        var lines = Read(header + "25,17,allow,yes,no,2026-09-01,2027-05-31\n25,17,deny,,yes,,\n");

        lines[0].Row!.PickUp.ShouldBe(new PickUp
        {
            AdultAccountNumber = 25, ChildAccountNumber = 17, Effect = AccessEffect.Allow, Brings = true,
            FirstDate = new() { Year = 2026, Month = 9, Day = 1 }, LastDate = new() { Year = 2027, Month = 5, Day = 31 },
        });
        lines[1].Row!.PickUp.ShouldBe(new PickUp { AdultAccountNumber = 25, ChildAccountNumber = 17, Effect = AccessEffect.Deny, Collects = true });
    }

    [Theory]
    [InlineData("allow", "'allow' should be allow or deny, and a building's number or all.")]
    [InlineData("permit 7", "'permit' should be allow or deny.")]
    [InlineData("allow school", "'school' should be a building's number or all.")]
    [InlineData("allow 0", "'0' should be a building's number or all.")]
    [InlineData("allow 7 tue+someday", "'someday' should be mon, tue, wed, thu, fri, sat, sun.")]
    [InlineData("allow 7 15:00", "'15:00' should be hours such as 15:00-18:00.")]
    [InlineData("allow 7 15:00-25:00", "'25:00' should be a time of the day such as 15:00.")]
    [InlineData("allow 7 2026-09-01..31", "'31' should be a date such as 2026-09-01.")]
    [InlineData("allow 7 1..2..3", "'1..2..3' should be a first and a last day, such as 2026-09-01..2027-05-31.")]
    [Trait("Rule", "P4")]
    public void A_bad_access_rule_is_named_by_its_word(string rule, string reason)
    {
        var line = Read($"card_uid,kind,state,account_number,home_building_id,access_rules\n04A1b2C3,fob,active,17,1501,deny all;{rule}\n")[0];

        (line.Row, line.Field, line.Reason).ShouldBe((null, "access_rules", reason));
    }

    [Fact]
    public void Subscriptions_are_read_with_all_that_is_optional_and_without()
    {
        const string header = "guardian,account_number,channel,address,kinds,language,low_balance_kopecks,child_name\n";
        var lines = Read(header + "subject-17,17,email,guardian@example.org,came low_balance,russian,20000,Маша\nsubject-18,17,webhook,https://app.example.org/,topped_up,english,,\n");

        lines[0].Row!.Subscription.ShouldBe(new Subscription
        {
            Guardian = "subject-17",
            AccountNumber = 17,
            Channel = Channel.Email,
            Address = "guardian@example.org",
            Kinds = { NoticeKind.Came, NoticeKind.LowBalance },
            Language = Language.Russian,
            LowBalanceKopecks = 20_000,
            ChildName = "Маша",
        });
        lines[1].Row!.Subscription.Kinds.ShouldBe([NoticeKind.ToppedUp]);
        (lines[1].Row!.Subscription.LowBalanceKopecks, lines[1].Row!.Subscription.ChildName).ShouldBe((0, ""));
    }

    [Fact]
    [Trait("Rule", "M6")]
    public void Menus_are_read_with_all_that_is_optional_and_without()
    {
        const string header = "building_id,date,operator_id,meal_kind,product_code,name,category,price_kopecks,allergens,order_until,unredeemed\n";
        var lines = Read(header + "1501,2026-09-01,7,afternoon_snack,BUN,\"Булочка, сладкая\",buffet,4500,gluten milk,2026-09-01T08:00:00Z,keep\n1501,2026-09-02,7,lunch,LUNCH,Обед,hot_meal,0,,,refund\n");

        lines[0].Row!.MenuItem.ShouldBe(new MenuItem
        {
            BuildingId = 1501,
            Date = new() { Year = 2026, Month = 9, Day = 1 },
            OperatorId = 7,
            MealKind = MealKind.AfternoonSnack,
            ProductCode = "BUN",
            Name = "Булочка, сладкая",
            Category = ProductCategory.Buffet,
            PriceKopecks = 4_500,
            Allergens = { Allergen.Gluten, Allergen.Milk },
            OrderUntil = new() { Seconds = 1_788_249_600 },
            Unredeemed = UnredeemedPolicy.Keep,
        });
        lines[1].Row!.MenuItem.ShouldSatisfyAllConditions(
            item => (item.MealKind, item.Category, item.Unredeemed).ShouldBe((MealKind.Lunch, ProductCategory.HotMeal, UnredeemedPolicy.Refund)),
            item => item.Allergens.ShouldBeEmpty(),
            item => item.OrderUntil.ShouldBeNull("the door says that it has to be set"));
    }

    [Theory]
    [InlineData("building_id,operator_id,kind,device_id\n1501,,gate,601\n", Row.RowOneofCase.Device)]
    [InlineData("account_number,card_uid,kind,state,home_building_id\n17,04A1B2C3,fob,active,1501\n", Row.RowOneofCase.Card)]
    [InlineData("account_number,guardian,channel,address,kinds,language\n17,subject-17,email,guardian@example.org,came,russian\n", Row.RowOneofCase.Subscription)]
    public void What_a_file_holds_is_told_by_its_columns_in_any_order(string text, Row.RowOneofCase kind) =>
        Read(text).ShouldHaveSingleItem().Row.ShouldNotBeNull().RowCase.ShouldBe(kind);

    [Theory]
    [InlineData("time_zone,building_id\nEurope/Moscow,1501\n")]
    [InlineData(" building_id , time_zone \n 1501 , Europe/Moscow \n")]
    [InlineData("building_id,time_zone\r\n1501,Europe/Moscow\r\n")]
    [InlineData("building_id,time_zone\n\"1501\",\"Europe/Moscow\"")]
    [InlineData("building_id,note,time_zone\n1501,\"a, \"\"quoted\"\"\nnote\",Europe/Moscow\n")]
    public void Columns_may_come_in_any_order_with_blanks_and_quotes(string text) =>
        Read(text).ShouldHaveSingleItem().Row.ShouldBe(new Row { Building = new Building { BuildingId = 1501, TimeZone = "Europe/Moscow" } });

    [Theory]
    [InlineData("")]
    [InlineData("name,class\nA,1\n")]
    public void A_file_of_another_kind_is_refused_with_what_was_expected(string text)
    {
        var fault = Should.Throw<InvalidDataException>(() => Read(text));
        if (text.Length > 0) fault.Message.ShouldContain("building_id");
    }

    [Theory]
    [InlineData("building_id,time_zone", "x,Europe/Moscow", "building_id")]
    [InlineData("building_id,time_zone", "99999999999,Europe/Moscow", "building_id")]
    [InlineData("building_id,time_zone", "-1,Europe/Moscow", "building_id")]
    [InlineData("building_id,time_zone", ",Europe/Moscow", "building_id")]
    [InlineData("device_id,kind,building_id,operator_id", "601,door,1501,", "kind")]
    [InlineData("device_id,kind,building_id,operator_id", "601,unspecified,1501,", "kind")]
    [InlineData("device_id,kind,building_id,operator_id", "601,1,1501,", "kind")]
    [InlineData("device_id,kind,building_id,operator_id", "601", "kind")]
    [InlineData("device_id,kind,building_id,operator_id", "501,till,1501,seven", "operator_id")]
    [InlineData("account_number,kind,time_zone,daily_limit_kopecks", "17.0,pupil,Europe/Moscow,", "account_number")]
    [InlineData("account_number,kind,time_zone,daily_limit_kopecks", "17,pupil,Europe/Moscow,a lot", "daily_limit_kopecks")]
    [InlineData("card_uid,kind,state,account_number,home_building_id", "04A,fob,active,17,1501", "card_uid")]
    [InlineData("card_uid,kind,state,account_number,home_building_id", "zz,fob,active,17,1501", "card_uid")]
    [InlineData("card_uid,kind,state,account_number,home_building_id", "04A1B2C3,fob,gone,17,1501", "state")]
    [InlineData("card_uid,kind,state,account_number,home_building_id,further_building_ids", "04A1B2C3,fob,active,17,1501,2002;2003", "further_building_ids")]
    [InlineData("card_uid,kind,state,account_number,home_building_id,expire_time", "04A1B2C3,fob,active,17,1501,tomorrow", "expire_time")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,1.9.2026,7,lunch,hot_meal,1,keep", "date")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,2026-09-31,7,lunch,hot_meal,1,keep", "date")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,2026-09-01,7,supper,hot_meal,1,keep", "meal_kind")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,2026-09-01,7,lunch,soup,1,keep", "category")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,2026-09-01,7,lunch,hot_meal,1.50,keep", "price_kopecks")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed", "SOUP,1501,2026-09-01,7,lunch,hot_meal,1,", "unredeemed")]
    [InlineData("product_code,building_id,date,operator_id,meal_kind,category,price_kopecks,unredeemed,allergens", "SOUP,1501,2026-09-01,7,lunch,hot_meal,1,keep,gluten dust", "allergens")]
    public void A_bad_line_is_told_by_its_number_and_column_and_the_others_are_read(string header, string line, string column)
    {
        var good = header.Split(',')[0] switch
        {
            "building_id" => "1501,Europe/Moscow",
            "device_id" => "601,gate,1501,",
            "account_number" => "17,pupil,Europe/Moscow,",
            "product_code" => "TEA,1501,2026-09-01,7,lunch,buffet,0,refund",
            _ => "04A1B2C3,fob,active,17,1501",
        };

        var lines = Read($"{header}\n{good}\n{line}\n{good}\n");

        lines.Select(read => read.Line).ShouldBe([2, 3, 4]);
        lines[0].Row.ShouldNotBeNull();
        lines[2].Row.ShouldNotBeNull();
        lines[1].Row.ShouldBeNull();
        lines[1].Field.ShouldBe(column);
        lines[1].Reason.ShouldContain("should be");
    }

    private static List<CsvLine> Read(string text)
    {
        using var reader = new StringReader(text);
        return [.. CsvFile.Read(reader)];
    }
}
