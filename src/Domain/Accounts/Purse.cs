namespace Zvonok.Domain.Accounts;

/// <summary>Money inside an account, locked to a purpose. Stored: never renumbered.</summary>
public enum Purse : short
{
    /// <summary>No purse takes part: a budget pays (M5).</summary>
    None = 0,

    /// <summary>Pays for meals.</summary>
    Meal = 1,

    /// <summary>Pays for rides.</summary>
    Transport = 2,
}

/// <summary>Whose account it is. Stored: never renumbered.</summary>
public enum AccountKind : short
{
    /// <summary>A school pupil.</summary>
    Pupil = 1,

    /// <summary>A kindergarten child.</summary>
    Preschooler = 2,

    /// <summary>A college student.</summary>
    Student = 3,

    /// <summary>Somebody who works in the building.</summary>
    Employee = 4,

    /// <summary>Somebody let in for a while.</summary>
    Visitor = 5,
}
