namespace Zvonok.Grains.Notices;

/// <summary>Whether this silo's processors are wanted by those who stand at gates and tills.</summary>
public interface IRush
{
    /// <summary>True while more operations wait for their answers than in any city's usual minute: what can be done later gives way.</summary>
    bool IsOn { get; }
}
