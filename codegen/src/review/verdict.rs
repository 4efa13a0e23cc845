//! What a change does: to traffic, to programs, to the version.

/// What a change does to live traffic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Words only.
    Docs,
    /// Everything that was exchanged before still is.
    Compatible,
    /// Nobody but a person can tell.
    Risky,
    /// Something that was exchanged before no longer is.
    Breaking,
}

/// What a change does to programs that use the bindings, as semver has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rust {
    /// They see nothing of it.
    None,
    /// They compile and do the same, or better.
    Patch,
    /// They compile; there is more that they may use.
    Minor,
    /// They compile, and something that worked fails or means something else.
    MajorBehaviour,
    /// Some do not compile.
    MajorType,
}

/// The part of a version that has to grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// Nothing to release.
    None,
    /// The last part.
    Patch,
    /// The middle part; before 1.0, the last one.
    Minor,
    /// The first part; before 1.0, the middle one.
    Major,
}

/// Half of an exchange, or what stands around both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The request.
    Request,
    /// The reply.
    Reply,
    /// Settings of an API or of a gateway, which hold for both.
    Both,
}

/// Who made a message, as seen from the bindings.
///
/// What is sent is compared as closed: nobody sends a field that the schema does not name. What is
/// received is compared as open: a field that the schema does not name may always have come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// We did: requests of calls, replies to pushes.
    Sent,
    /// The other side did: replies to calls, requests of pushes.
    Received,
}

/// What a review looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Axis {
    /// Traffic.
    Wire,
    /// Programs.
    Rust,
    /// Traffic and programs.
    #[default]
    Both,
}

/// How the objects of two schemas are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// As what is sent: members without a schema do not occur.
    Closed,
    /// As what is received: members without a schema may hold anything.
    Open,
    /// As written; for schemas that are not ours.
    Plain,
}

impl Flow {
    /// How its messages are compared.
    pub fn reading(self) -> Reading {
        match self {
            Flow::Sent => Reading::Closed,
            Flow::Received => Reading::Open,
        }
    }
}

impl Axis {
    /// The worse of two verdicts, as far as it looks at them.
    pub fn severity(self, wire: Wire, rust: Rust) -> Wire {
        let rust = match rust {
            Rust::None | Rust::Patch => Wire::Docs,
            Rust::Minor => Wire::Compatible,
            Rust::MajorBehaviour | Rust::MajorType => Wire::Breaking,
        };
        match self {
            Axis::Wire => wire,
            Axis::Rust => rust,
            Axis::Both => wire.max(rust),
        }
    }

    /// The bump that two verdicts ask for, as far as it looks at them.
    pub fn bump(self, wire: Wire, rust: Rust) -> Bump {
        match self {
            Axis::Wire => wire.bump(),
            Axis::Rust => rust.bump(),
            Axis::Both => wire.bump().max(rust.bump()),
        }
    }
}

impl Rust {
    /// The bump that it asks for.
    pub fn bump(self) -> Bump {
        match self {
            Rust::None => Bump::None,
            Rust::Patch => Bump::Patch,
            Rust::Minor => Bump::Minor,
            Rust::MajorBehaviour | Rust::MajorType => Bump::Major,
        }
    }

    /// As it is written in reports.
    pub fn text(self) -> &'static str {
        match self {
            Rust::None => "none",
            Rust::Patch => "patch",
            Rust::Minor => "minor",
            Rust::MajorBehaviour => "major (behaviour)",
            Rust::MajorType => "major (types)",
        }
    }
}

impl Wire {
    /// The bump that it asks for: traffic that breaks needs a new major version of the bindings,
    /// whatever their types do.
    pub fn bump(self) -> Bump {
        match self {
            Wire::Docs | Wire::Compatible | Wire::Risky => Bump::Patch,
            Wire::Breaking => Bump::Major,
        }
    }

    /// As it is written in reports.
    pub fn text(self) -> &'static str {
        match self {
            Wire::Docs => "docs",
            Wire::Compatible => "compatible",
            Wire::Risky => "risky",
            Wire::Breaking => "breaking",
        }
    }
}

impl Bump {
    /// As it is written in reports and files.
    pub fn text(self) -> &'static str {
        match self {
            Bump::None => "none",
            Bump::Patch => "patch",
            Bump::Minor => "minor",
            Bump::Major => "major",
        }
    }
}

impl Direction {
    /// As it is written in reports and files.
    pub fn text(self) -> &'static str {
        match self {
            Direction::Request => "request",
            Direction::Reply => "reply",
            Direction::Both => "both",
        }
    }
}
