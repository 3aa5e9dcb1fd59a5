using Zvonok.Api.Shapes;
using Zvonok.Grains.Lists;

namespace Zvonok.Api.Till;

/// <summary>Whom a terminal names by the handle of its building's list, when it has no radio number to send (O3).</summary>
internal sealed class Holders(IListHolders lists)
{
    /// <summary>The account; throws <see cref="HolderUnknownException"/> when the handle is nobody's.</summary>
    public async ValueTask<AccountNumber> Of(BuildingId building, int handle)
    {
        if (handle < 1) Check.Fail("holder", "a handle of the list of the device's building, 1 or more");
        return await lists.Of(building, handle) ?? throw new HolderUnknownException($"holder: no list of building {building} has the handle {handle}.");
    }
}

/// <summary>No list of the building has that handle: a fact that cannot be taken as it is.</summary>
internal sealed class HolderUnknownException(string message) : Exception(message);

/// <summary>Whether a request has happened already, and whom it names.</summary>
/// <param name="IsFact">It has happened, and is uploaded.</param>
/// <param name="Holder">By handle, in place of the card; 0: by the card.</param>
internal readonly record struct Happened(bool IsFact, int Holder)
{
    /// <summary>True when the handle says who it is.</summary>
    public bool IsByHandle => Holder != 0;
}
