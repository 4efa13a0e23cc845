//! Where opinions meet: the walker's changes and the algebra's answer become findings.
//!
//! The walker names a change and its rule has a verdict. The algebra judges the same place as a set
//! of values. Where both agree, that is it. Where the algebra proves that nothing was lost, a
//! breaking change becomes a risky one; where it proves that something was, and no rule said so, the
//! finding `unexplained-narrowing` says it. What neither can tell is undecided, and never less than
//! risky.

use super::algebra::{Depth, Effort, Opinion, Side, opinion};
use super::change::{Change, Context, Difference, Spot};
use super::finding::{Answer, Example};
use super::rules::compose::UNEXPLAINED_NARROWING;
use super::scope::Half;
use super::verdict::{Flow, Reading, Wire};
use super::walk::walk;

/// A change with its verdict for traffic.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) change: Change,
    pub(crate) path: String,
    pub(crate) context: Context,
    /// Where the head can show it, when the change itself is only in the base.
    pub(crate) near: Option<Spot>,
    pub(crate) wire: Wire,
    pub(crate) answer: Option<Answer>,
    pub(crate) undecided: bool,
    pub(crate) lost: Option<String>,
    pub(crate) example: Option<Example>,
}

/// How two messages are judged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Court {
    pub(crate) flow: Flow,
    pub(crate) reading: Reading,
    /// What is received is read by the bindings.
    pub(crate) bindings: bool,
}

/// Everything that changed between two schemas of one message, judged.
pub(crate) fn judge(old: Half<'_>, new: Half<'_>, court: Court) -> Vec<Verdict> {
    let effort = Effort::default();
    let mut verdicts: Vec<Verdict> = walk(old, new, court.reading)
        .into_iter()
        .flat_map(|difference| court.place(old, new, difference, &effort))
        .collect();
    // Asked even if the walker saw nothing: a loss that nobody explains comes out here.
    court.whole(old, new, &mut verdicts, &effort);
    for verdict in &mut verdicts {
        verdict.wire = court.wire(verdict);
    }
    verdicts
}

impl Court {
    /// The verdict for traffic, all opinions heard.
    fn wire(self, verdict: &Verdict) -> Wire {
        let rule = verdict.change.rule.wire(self.flow, self.bindings);
        match verdict.answer {
            _ if verdict.undecided => rule.max(Wire::Risky),
            Some(Answer::Yes) => rule.min(Wire::Risky),
            _ => rule,
        }
    }

    /// The changes of one place.
    fn place(
        self,
        old: Half<'_>,
        new: Half<'_>,
        difference: Difference<'_>,
        effort: &Effort,
    ) -> Vec<Verdict> {
        let asked = difference.changes.iter().any(Change::visible);
        let opinion = match (difference.old, difference.new) {
            (Some(before), Some(after)) if asked => Some(opinion(
                Side {
                    tree: old.0,
                    at: before,
                },
                Side {
                    tree: new.0,
                    at: after,
                },
                self.flow,
                self.reading,
                Depth::Masked,
                effort,
            )),
            _ => None,
        };
        let near = difference.new.map(|at| Spot {
            place: at.node.place,
            value: String::new(),
        });
        let mut changes = difference.changes;
        if let Some(Opinion {
            answer: Answer::No, ..
        }) = &opinion
        {
            let explained = |change: &Change| change.visible() && change.rule.loses(self.flow);
            if !changes.iter().any(explained) {
                let spot = |at: Option<super::tree::At<'_>>| {
                    at.map(|at| Spot::new(at.node.place, at.node))
                };
                changes.push(Change::new(
                    &UNEXPLAINED_NARROWING,
                    spot(difference.old),
                    spot(difference.new),
                ));
            }
        }
        let judged = changes.into_iter().map(|change| {
            let (path, context) = match &change.part {
                Some(part) => (&part.path, &part.context),
                None => (&difference.path, &difference.context),
            };
            let mut verdict = Verdict {
                wire: Wire::Docs,
                undecided: change.unclear,
                path: path.clone(),
                context: context.clone(),
                near: near.clone(),
                answer: None,
                lost: None,
                example: None,
                change,
            };
            if let Some(opinion) = opinion.as_ref().filter(|_| verdict.change.visible()) {
                self.hear(&mut verdict, opinion);
            }
            verdict
        });
        judged.collect()
    }

    /// What the algebra adds to a change that it can see.
    fn hear(self, verdict: &mut Verdict, opinion: &Opinion) {
        verdict.answer = Some(opinion.answer);
        match opinion.answer {
            Answer::Yes => {
                verdict.undecided = false;
            }
            Answer::No => {
                verdict.undecided = false;
                if verdict.change.rule.loses(self.flow) {
                    verdict.lost.clone_from(&opinion.lost);
                    verdict.example.clone_from(&opinion.example);
                }
            }
            Answer::Unknown => {}
        }
    }

    /// The message as a whole: a last look, since places may matter to each other.
    fn whole(self, old: Half<'_>, new: Half<'_>, verdicts: &mut Vec<Verdict>, effort: &Effort) {
        let whole = opinion(
            Side {
                tree: old.0,
                at: old.1,
            },
            Side {
                tree: new.0,
                at: new.1,
            },
            self.flow,
            self.reading,
            Depth::Whole,
            effort,
        );
        match whole.answer {
            Answer::Yes => {
                for verdict in verdicts.iter_mut().filter(|v| v.change.visible()) {
                    verdict.answer = Some(Answer::Yes);
                    verdict.undecided = false;
                    verdict.lost = None;
                    verdict.example = None;
                }
            }
            Answer::No => {
                // What was proved to lose nothing at its place did not lose these values.
                let explains = |verdict: &Verdict| {
                    verdict.change.visible()
                        && verdict.change.rule.loses(self.flow)
                        && verdict.answer != Some(Answer::Yes)
                };
                let (certain, guesses): (Vec<&mut Verdict>, Vec<_>) = verdicts
                    .iter_mut()
                    .filter(|verdict| explains(verdict))
                    .partition(|verdict| !verdict.undecided);
                let explained = !certain.is_empty() || !guesses.is_empty();
                // Somebody lost the values: where nobody is sure of it, the guesses were right.
                if certain.is_empty() {
                    for guess in guesses {
                        guess.undecided = false;
                        guess.answer = Some(Answer::No);
                        guess.lost.clone_from(&whole.lost);
                        guess.example.clone_from(&whole.example);
                    }
                }
                if !explained {
                    let spot = |half: Half<'_>| Some(Spot::new(half.1.node.place, half.1.node));
                    let change = Change::new(&UNEXPLAINED_NARROWING, spot(old), spot(new));
                    verdicts.push(Verdict {
                        wire: Wire::Docs,
                        path: String::new(),
                        context: Context::default(),
                        near: None,
                        answer: Some(Answer::No),
                        undecided: false,
                        lost: whole.lost,
                        example: whole.example,
                        change,
                    });
                }
            }
            Answer::Unknown => {}
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on should stop there"
    )]

    use super::*;
    use crate::diagnostic::Problems;
    use crate::review::rules::value::MAXIMUM_TIGHTENED;
    use crate::review::tree::Tree;
    use crate::source::SourceFile;

    const PATH: &str = "gateway/api.json";

    /// The rules that a message which lost values is left with, after one change with that answer.
    fn left(answer: Option<Answer>) -> Vec<&'static str> {
        let files = [r#"{"maximum":9}"#, r#"{"maximum":8}"#].map(|text| {
            [SourceFile {
                path: PATH.to_owned(),
                bytes: text.as_bytes().to_vec(),
            }]
        });
        let mut problems = Problems::default();
        let [old, new] = files
            .each_ref()
            .map(|files| Tree::read(files, &mut problems));
        let half = |tree| (tree, Tree::root(tree, PATH).unwrap());
        let court = Court {
            flow: Flow::Sent,
            reading: Reading::Closed,
            bindings: false,
        };
        let mut verdicts = vec![Verdict {
            change: Change::new(&MAXIMUM_TIGHTENED, None, None),
            path: String::new(),
            context: Context::default(),
            near: None,
            wire: Wire::Docs,
            answer,
            undecided: false,
            lost: None,
            example: None,
        }];
        court.whole(half(&old), half(&new), &mut verdicts, &Effort::default());
        verdicts
            .iter()
            .map(|verdict| verdict.change.rule.id)
            .collect()
    }

    #[test]
    fn a_change_that_lost_nothing_does_not_explain_what_the_message_lost() {
        let tightened = MAXIMUM_TIGHTENED.id;
        assert_eq!(left(None), [tightened]);
        assert_eq!(left(Some(Answer::No)), [tightened]);
        assert_eq!(
            left(Some(Answer::Yes)),
            [tightened, UNEXPLAINED_NARROWING.id]
        );
    }
}
