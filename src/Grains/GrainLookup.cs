using Zvonok.Grains.Accounts;
using Zvonok.Grains.Buildings;
using Zvonok.Grains.Cards;

namespace Zvonok.Grains;

/// <summary>
/// Finds the three grains by their domain names: an account or a building that lives on this silo as the object that it is, everything else by reference.
/// <see cref="IGrainFactory"/>'s generic methods look the grain's type up by reflection at every call, which was a tenth of a sale's processor time; here it is
/// looked up once.
/// </summary>
public sealed class GrainLookup
{
    private readonly IGrainFactory _factory;
    private readonly AtHand<long, IAccountGrain> _accounts;
    private readonly AtHand<long, IBuildingGrain> _buildings;
    private readonly (GrainType Grain, GrainInterfaceType Interface) _card;
    private readonly (GrainType Grain, GrainInterfaceType Interface) _account;
    private readonly (GrainType Grain, GrainInterfaceType Interface) _building;

    /// <summary>Resolves the types by a reference of each kind; nothing is called.</summary>
    public GrainLookup(IGrainFactory factory, AtHand<long, IAccountGrain> accounts, AtHand<long, IBuildingGrain> buildings)
    {
        (_factory, _accounts, _buildings) = (factory, accounts, buildings);
        _card = TypesOf(factory.GetGrain<ICardGrain>(Guid.Empty));
        _account = TypesOf(factory.GetGrain<IAccountGrain>(0));
        _building = TypesOf(factory.GetGrain<IBuildingGrain>(0));
    }

    /// <summary>The card's grain.</summary>
    public ICardGrain Card(CardToken token) => (ICardGrain)Find(_card, GrainIdKeyExtensions.CreateGuidKey(token.Value));

    /// <summary>The account's grain.</summary>
    public IAccountGrain Account(AccountNumber number) => _accounts.Find(number.Value) ?? (IAccountGrain)Find(_account, GrainIdKeyExtensions.CreateIntegerKey(number.Value));

    /// <summary>The building's grain.</summary>
    public IBuildingGrain Building(BuildingId id) => _buildings.Find(id.Value) ?? (IBuildingGrain)Find(_building, GrainIdKeyExtensions.CreateIntegerKey(id.Value));

    private IAddressable Find((GrainType Grain, GrainInterfaceType Interface) types, IdSpan key) =>
        _factory.GetGrain(GrainId.Create(types.Grain, key), types.Interface);

    private static (GrainType Grain, GrainInterfaceType Interface) TypesOf(IAddressable reference) =>
        (reference.GetGrainId().Type, ((GrainReference)reference).InterfaceType);
}
