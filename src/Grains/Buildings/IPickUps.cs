namespace Zvonok.Grains.Buildings;

/// <summary>Who may bring and collect whom (P8), as registered. Throws <see cref="Journal.JournalUnavailableException"/> when the database does not answer in time.</summary>
public interface IPickUps
{
    /// <summary>All rights of an adult, to any child.</summary>
    Task<IReadOnlyList<PickUpRight>> Of(AccountNumber adult);
}
