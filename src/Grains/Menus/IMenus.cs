using Zvonok.Domain.Menus;
using Zvonok.Grains.Journal;

namespace Zvonok.Grains.Menus;

/// <summary>What may be ordered ahead (M6), as it is stored. Every method throws <see cref="JournalUnavailableException"/> when the database does not answer.</summary>
public interface IMenus
{
    /// <summary>Replaces all that an operator offers at a school on a day; nothing: it offers nothing any longer.</summary>
    /// <returns>False when nobody registered the school.</returns>
    Task<bool> Replace(BuildingId building, LocalDate day, ContraAccount seller, IReadOnlyList<MenuItem> items);

    /// <summary>What is offered at a school from one day to another, by day, meal, operator and code; at most <paramref name="count"/>.</summary>
    Task<IReadOnlyList<MenuItem>> List(BuildingId building, LocalDate first, LocalDate last, int count);

    /// <summary>What is offered at a school on some days, for looking up what is ordered.</summary>
    Task<IReadOnlyList<MenuItem>> Find(BuildingId building, IReadOnlyCollection<LocalDate> days);
}
