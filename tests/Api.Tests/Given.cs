using Zvonok.Api.Tests.Servers;
using Zvonok.Domain.Operations;
using Zvonok.Family.V1;
using Zvonok.Gate.V1;
using Zvonok.Office.V1;
using Zvonok.Registry.V1;
using Zvonok.Till.V1;
using Language = Zvonok.Family.V1.Language;
using NoticeKind = Zvonok.Family.V1.NoticeKind;

namespace Zvonok.Api.Tests;

/// <summary>Sample data: numbers and codes, nobody's.</summary>
internal static class Given
{
    public const string Zone = "Europe/Moscow";
    public const int School = 1501;
    public const int Club = 2002;

    /// <summary>Where anti-passback is hard.</summary>
    public const int StrictSchool = 1502;
    public const int StrictGate = 603;

    public const int Gate = 601;
    public const int ClubGate = 602;
    public const int Till = 501;
    public const int OtherOperatorsTill = 502;
    public const int Validator = 701;
    public const int Museum = 801;

    /// <summary>Registered, and nobody's yet.</summary>
    public static readonly Pupil[] Children = [.. Enumerable.Range(700_000, 40).Select(serial => new Pupil(Domain.Accounts.AccountNumber.FromSerial(serial).Value))];

    public static Row[] District =>
    [
        new() { Building = new Building { BuildingId = School, TimeZone = Zone } },
        new() { Building = new Building { BuildingId = Club, TimeZone = Zone } },
        new() { Building = new Building { BuildingId = StrictSchool, TimeZone = Zone, HardAntiPassback = true } },
        new() { Device = new Device { DeviceId = StrictGate, Kind = DeviceKind.Gate, BuildingId = StrictSchool } },
        new() { Device = new Device { DeviceId = Gate, Kind = DeviceKind.Gate, BuildingId = School } },
        new() { Device = new Device { DeviceId = ClubGate, Kind = DeviceKind.Gate, BuildingId = Club } },
        new() { Device = new Device { DeviceId = Till, Kind = DeviceKind.Till, BuildingId = School, OperatorId = 7 } },
        new() { Device = new Device { DeviceId = Validator, Kind = DeviceKind.Validator, BuildingId = Club, OperatorId = 12 } },
        .. Children.Select(child => new Row { Account = new Account { AccountNumber = child.Number, Kind = Zvonok.Registry.V1.AccountKind.Preschooler, TimeZone = Zone } }),
        new() { Device = new Device { DeviceId = Museum, Kind = DeviceKind.ServicePoint, BuildingId = Club } },
        .. Schools.GivenSafety.Rows,
        new() { Device = new Device { DeviceId = OtherOperatorsTill, Kind = DeviceKind.Till, BuildingId = School, OperatorId = 8 } },
    ];

    public static Card Card(Pupil pupil, CardState state = CardState.Active) => new()
    {
        CardUid = pupil.Uid,
        Kind = CardKind.SchoolCard,
        State = state,
        AccountNumber = pupil.Number,
        HomeBuildingId = School,
    };

    public static TapRequest Tap(ByteString operation, Pupil pupil, Direction direction = Direction.In, int gate = Gate) => new()
    {
        OperationId = operation,
        DeviceId = gate,
        CardUid = pupil.Uid,
        Direction = direction,
    };

    /// <summary>What the gate decided by itself.</summary>
    public static PassageFact Passage(ByteString operation, Pupil pupil, Direction direction, Instant at, int gate = Gate) => new()
    {
        OperationId = operation, DeviceId = gate, CardUid = pupil.Uid, Direction = direction, Outcome = Outcome.Admitted, EventTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(at.ToDateTimeOffset()),
    };

    /// <summary>Nobody walked through after that passage.</summary>
    public static ReportGateEventRequest NotPassed(ByteString operation, long number, ByteString passage, int gate = Gate) => new()
    {
        OperationId = operation, DeviceId = gate, Kind = GateEventKind.NotPassed, PassageNumber = number, PassageOperationId = passage,
    };

    /// <summary>The employee lets the pupil in, whose card is at home.</summary>
    public static AdmitManuallyRequest Admission(ByteString operation, Pupil pupil, Pupil employee, Direction direction = Direction.In) => new()
    {
        OperationId = operation, DeviceId = Gate, AccountNumber = pupil.Number, Direction = direction, EmployeeCardUid = employee.Uid, Reason = "The card is at home",
    };

    /// <summary>The adult brings the children.</summary>
    public static HandOverRequest HandOver(ByteString operation, Pupil adult, params IEnumerable<Pupil> children) => new()
    {
        OperationId = operation, DeviceId = Gate, CardUid = adult.Uid, Direction = Direction.In, ChildAccountNumbers = { children.Select(child => child.Number) },
    };

    /// <summary>The adult may bring and collect the child.</summary>
    public static Row PickUp(Pupil adult, Pupil child) => new()
    {
        PickUp = new PickUp { AdultAccountNumber = adult.Number, ChildAccountNumber = child.Number, Effect = AccessEffect.Allow, Brings = true, Collects = true },
    };

    /// <summary>A lunch of two lines.</summary>
    public static SellRequest Sell(ByteString operation, Pupil pupil, long total = 15_000, int till = Till) => new()
    {
        OperationId = operation,
        DeviceId = till,
        CardUid = pupil.Uid,
        Lines =
        {
            new SaleLine { ProductCode = "LUNCH", Category = ProductCategory.HotMeal, Quantity = 1, UnitPriceKopecks = total, Allergens = { Allergen.Milk, Allergen.Gluten } },
            new SaleLine { ProductCode = "WATER", Category = ProductCategory.Buffet, Quantity = 2, UnitPriceKopecks = 0 },
        },
        TotalKopecks = total,
    };

    public static RedeemMealRequest Redeem(ByteString operation, Pupil pupil, MealKind meal = MealKind.Lunch)
    {
        var sale = Sell(operation, pupil);
        return new() { OperationId = operation, DeviceId = sale.DeviceId, CardUid = sale.CardUid, MealKind = meal, Lines = { sale.Lines }, TotalKopecks = sale.TotalKopecks };
    }

    /// <summary>The lunch of <see cref="Sell"/> for a class, from each child's purse.</summary>
    public static SettleClassRequest Class(ByteString operation, Pupil employee, params IEnumerable<Pupil> pupils)
    {
        var sale = Sell(operation, employee);
        return new()
        {
            OperationId = operation,
            DeviceId = sale.DeviceId,
            EmployeeCardUid = employee.Uid,
            MealKind = MealKind.Lunch,
            Lines = { sale.Lines },
            TotalKopecks = sale.TotalKopecks,
            Members = { pupils.Select(pupil => new ClassMember { AccountNumber = pupil.Number, Payer = ClassMember.Types.Payer.Purse }) },
        };
    }

    /// <summary>Lunch on every day of the years in which tests run.</summary>
    public static SetEntitlementsRequest Entitlements(ByteString operation, Pupil pupil) => new()
    {
        OperationId = operation,
        AccountNumber = pupil.Number,
        Entitlements =
        {
            new Entitlement
            {
                FunderId = 5,
                Meals = { MealKind.Lunch },
                Weekdays = { Enumerable.Range(1, 7).Select(day => (Google.Type.DayOfWeek)day) },
                FirstDate = new() { Year = 2020, Month = 1, Day = 1 },
                LastDate = new() { Year = 2100, Month = 12, Day = 31 },
            },
        },
    };

    public static PayRideRequest Ride(ByteString operation, Pupil pupil, long fare = 4_600, int validator = Validator) =>
        new() { OperationId = operation, DeviceId = validator, CardUid = pupil.Uid, FareKopecks = fare };

    /// <summary>From one's meal purse to the other's.</summary>
    public static TransferRequest Transfer(ByteString operation, Pupil from, Pupil to, long? amount, Purse toPurse = Purse.Meal)
    {
        var request = new TransferRequest { OperationId = operation, AccountNumber = from.Number, Purse = Purse.Meal, ToAccountNumber = to.Number, ToPurse = toPurse };
        if (amount is { } kopecks) request.AmountKopecks = kopecks;
        return request;
    }

    /// <summary>The first lunch of that menu.</summary>
    public static OrderMealsRequest Orders(ByteString operation, Pupil pupil, SetMenuRequest menu, params long[] cancelled) => new()
    {
        OperationId = operation,
        AccountNumber = pupil.Number,
        BuildingId = menu.BuildingId,
        Orders = { new MealOrder { Date = menu.Date, MealKind = MealKind.Lunch, OperatorId = menu.OperatorId, Items = { new OrderItem { ProductCode = "LUNCH-1", Quantity = 1 } } } },
        CancelledEntryNumbers = { cancelled },
    };

    public static RedeemOrderRequest RedeemOrder(ByteString operation, Pupil pupil, int till = Till) => new() { OperationId = operation, DeviceId = till, CardUid = pupil.Uid, MealKind = MealKind.Lunch };

    public static ChargeFeeRequest Fee(ByteString operation, Pupil pupil, int building = School) =>
        new() { OperationId = operation, AccountNumber = pupil.Number, BuildingId = building, Kind = FeeKind.CardReplacement };

    public static ReverseSaleRequest Reverse(ByteString operation, Pupil pupil, long sale, int till = Till) =>
        new() { OperationId = operation, DeviceId = till, AccountNumber = pupil.Number, SaleEntryNumber = sale };

    /// <summary>A mail and a webhook.</summary>
    public static SetSubscriptionsRequest Subscriptions(Pupil pupil, string guardian = "subject-17") => new()
    {
        AccountNumber = pupil.Number,
        Guardian = guardian,
        Subscriptions =
        {
            new Zvonok.Family.V1.Subscription
            {
                Channel = Zvonok.Family.V1.Channel.Email,
                Address = "guardian@example.org",
                Kinds = { NoticeKind.Came, NoticeKind.LowBalance },
                Language = Language.Russian,
                LowBalanceKopecks = 20_000,
                ChildName = "Маша",
            },
            new Zvonok.Family.V1.Subscription
            {
                Channel = Zvonok.Family.V1.Channel.Webhook,
                Address = "https://app.example.org/notices",
                Kinds = { NoticeKind.Bought, NoticeKind.ToppedUp },
                Language = Language.English,
            },
        },
    };

    /// <summary>Two lunches and a bun of operator 7, to be ordered until the evening before.</summary>
    public static SetMenuRequest Menu(int building = School, int day = 2) => new()
    {
        BuildingId = building,
        Date = new() { Year = 2030, Month = 9, Day = day },
        OperatorId = 7,
        Items =
        {
            new Zvonok.Family.V1.MenuItem { MealKind = MealKind.Breakfast, ProductCode = "BUN", Name = "Булочка", Category = ProductCategory.Buffet, PriceKopecks = 4_500, Allergens = { Allergen.Gluten, Allergen.Milk } },
            new Zvonok.Family.V1.MenuItem { MealKind = MealKind.Lunch, ProductCode = "LUNCH-1", Name = "Борщ, котлета", Category = ProductCategory.HotMeal, PriceKopecks = 18_500 },
            new Zvonok.Family.V1.MenuItem { MealKind = MealKind.Lunch, ProductCode = "LUNCH-2", Name = "Рыбный обед", Category = ProductCategory.HotMeal, PriceKopecks = 0, Allergens = { Allergen.Fish } },
        },
        OrderUntil = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(new DateTime(2030, 9, day, 15, 0, 0, DateTimeKind.Utc).AddDays(-1)),
        Unredeemed = UnredeemedPolicy.Refund,
    };

    /// <summary>The menu's first lunch as a row of an import.</summary>
    public static Zvonok.Registry.V1.MenuItem MenuItem(int building = School, int day = 2, string code = "LUNCH-1")
    {
        var menu = Menu(building, day);
        var lunch = menu.Items[1];
        return new()
        {
            BuildingId = menu.BuildingId,
            Date = menu.Date,
            OperatorId = menu.OperatorId,
            MealKind = lunch.MealKind,
            ProductCode = code,
            Name = lunch.Name,
            Category = lunch.Category,
            PriceKopecks = lunch.PriceKopecks,
            Allergens = { lunch.Allergens },
            OrderUntil = menu.OrderUntil,
            Unredeemed = menu.Unredeemed,
        };
    }

    public static ListMenusRequest Menus(int building = School, int first = 1, int last = 30) => new()
    {
        BuildingId = building,
        FirstDate = new() { Year = 2030, Month = 9, Day = first },
        LastDate = new() { Year = 2030, Month = 9, Day = last },
    };

    public static ByteString Bytes(OperationId id)
    {
        Span<byte> bytes = stackalloc byte[OperationId.Length];
        id.Write(bytes);
        return ByteString.CopyFrom(bytes);
    }
}
